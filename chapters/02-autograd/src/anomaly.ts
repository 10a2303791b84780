import { AnomalyError } from './errors.ts'
import type { Tensor } from './tensor.ts'

let watching = false

/**
 * Runs `fn` and throws at the operation, forward or backward, that first makes a NaN or
 * an Infinity from finite numbers, saying where in your program it was called. Every
 * result is looked at, which is slow: for finding a fault, not for training.
 *
 * @throws AnomalyError naming the operation and the line that called it.
 * @example
 * detectAnomaly(() => tensor([1, 0]).log()) // throws AnomalyError: log: made 1 NaN or Infinity
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
    return fn()
  } finally {
    watching = before
  }
}

/** The line outside DeepDive that is running, if anomaly mode is on. */
export function callSite(): string | undefined {
  if (!watching) return undefined
  const frames = (new Error().stack ?? '').split('\n').slice(1)
  const outside = frames.find((frame) => !insideDeepDive.test(frame))
  return outside?.trim().replace(/^at /, '')
}

const insideDeepDive =
  /chapters[\\/]\d\d-[a-z]+[\\/](src|dist)[\\/]|node_modules[\\/](@deepdive|deepdive)[\\/]/

/** In anomaly mode, refuses a result that is not finite although all inputs are. */
export function checkFinite(
  op: string,
  inputs: readonly Tensor[],
  output: Tensor,
  calledAt = callSite(),
): void {
  if (!watching) return
  const count = countNonFinite(output)
  if (count === 0 || inputs.some((input) => countNonFinite(input) > 0)) return
  const shapes = inputs.map(({ shape }) => `[${shape.join(', ')}]`).join(', ')
  throw new AnomalyError(
    `${op}: made ${count} NaN or Infinity from finite inputs of ${shapes}` +
      (calledAt ? `, called at ${calledAt}` : ''),
  )
}

function countNonFinite({ array }: Tensor): number {
  if (array.dtype !== 'float32') return 0
  let count = 0
  for (const value of array.toTypedArray()) if (!Number.isFinite(value)) count++
  return count
}
