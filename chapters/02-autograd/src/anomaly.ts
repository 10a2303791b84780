import { callSite, cpu, formatShape, type NDArray, verify } from '@deepdive/tensor'
import { AnomalyError } from './errors.ts'
import { finished } from './finished.ts'
import type { Tensor } from './tensor.ts'

let watching = false

/**
 * Runs `fn` and throws at the operation, forward or backward, that first makes a NaN, or
 * an Infinity from finite numbers, saying where in your program it was called. Every
 * result is looked at, which is slow: for finding a fault, not for training.
 *
 * @throws AnomalyError naming the operation and the line that called it.
 * @throws ValueError where `fn` is asynchronous: the rest of it would run unwatched.
 * @example
 * detectAnomaly(() => tensor([1, 0]).log())
 * // throws AnomalyError: log: made 1 NaN or Infinity
 */
export function detectAnomaly<Result>(fn: () => Result): Result {
  return withWatching(true, fn)
}

/** Runs `fn` as if anomaly mode were off: it may mask what is not finite by itself. */
export function unwatched<Result>(fn: () => Result): Result {
  return withWatching(false, fn)
}

function withWatching<Result>(mode: boolean, fn: () => Result): Result {
  const before = watching
  watching = mode
  try {
    return finished('detectAnomaly', fn())
  } finally {
    watching = before
  }
}

/** Where in your program an operation is called, if anomaly mode is on. */
export function watchedSite(): string | undefined {
  return watching ? callSite() : undefined
}

/**
 * In anomaly mode, refuses a result that is not finite although all inputs are. On a
 * device that is read without blocking, whoever reads next hears of it.
 */
export function checkAnomaly(
  op: string,
  inputs: readonly Tensor[],
  output: Tensor,
  calledAt = watchedSite(),
): void {
  if (!watching) return
  for (const kind of badValues) {
    const shapes = inputs.map(({ shape }) => formatShape(shape)).join(', ')
    const refusal = (count: string) =>
      new AnomalyError(
        `${op}: made ${count}${kind.what} from inputs of ${shapes} that have none` +
          (calledAt ? `, called at ${calledAt}` : ''),
      )
    if (output.device !== cpu) {
      verify(isExcused(output, inputs, kind), () => refusal(''))
      continue
    }
    const count = countOf(output, kind)
    if (count === 0 || inputs.some((input) => countOf(input, kind) > 0)) continue
    throw refusal(`${count} `)
  }
}

/** Elements that are not wanted: what they are, and which they are. */
interface BadValues {
  readonly what: string
  readonly isBad: (value: number) => boolean
  readonly areBad: (array: NDArray) => NDArray
}

/** An Infinity may be meant, as in a mask, and is no excuse for a NaN made from it. */
const badValues: readonly BadValues[] = [
  {
    what: 'NaN',
    isBad: Number.isNaN,
    areBad: (array) => array.isnan(),
  },
  {
    what: 'NaN or Infinity',
    isBad: (value) => !Number.isFinite(value),
    areBad: (array) => array.abs().lt(Infinity).logicalNot(),
  },
]

function countOf({ array }: Tensor, { isBad }: BadValues): number {
  if (array.dtype !== 'float32') return 0
  let count = 0
  for (const value of array.toTypedArray()) if (isBad(value)) count++
  return count
}

/** Whether a result has no bad values, or an input has some. */
function isExcused(
  output: Tensor,
  inputs: readonly Tensor[],
  { areBad }: BadValues,
): NDArray {
  const anyIn = ({ array }: Tensor) => areBad(array).any()
  const none = anyIn(output).logicalNot()
  return inputs.reduce((excused, input) => excused.logicalOr(anyIn(input)), none)
}
