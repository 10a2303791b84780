import { checkWhole } from './check-option.ts'
import { describeValue } from './describe-value.ts'
import { DTypeError, ShapeError, ValueError } from './errors.ts'
import type { RandomDistribution } from './kernels.ts'
import type { NDArray } from './ndarray.ts'

/** All that there is to know about a generator, as JSON can hold it. */
export interface RandomState {
  readonly seed: number
  /** How many blocks of four words it has given. */
  readonly counter: number
}

/**
 * A source of random numbers that is wholly known by two: its seed, and how many blocks
 * of four 32-bit words it has given. Element i of an array depends on these alone, so
 * that every device makes the same numbers (see philox.ts).
 *
 * @example
 * const generator = new Generator(7)
 * const first = rand([2], { generator })
 * rand([2], { generator: new Generator(7) }).eq(first) // → array([true, true])
 */
export class Generator {
  #seed: number
  #counter = 0

  constructor(seed: number) {
    checkSeed('Generator', seed)
    this.#seed = seed
  }

  /**
   * What it was made with.
   *
   * @example
   * new Generator(7).seed // → 7
   */
  get seed(): number {
    return this.#seed
  }

  /**
   * Where the generator stands.
   *
   * @example
   * const generator = new Generator(7)
   * rand([10], { generator })
   * generator.getState() // → { seed: 7, counter: 3 }
   */
  getState(): RandomState {
    return { seed: this.#seed, counter: this.#counter }
  }

  /**
   * Goes on from where a generator stood.
   *
   * @throws ValueError for what is no state.
   * @example
   * const generator = new Generator(7)
   * const state = generator.getState()
   * const first = rand([2], { generator })
   * generator.setState(state)
   * rand([2], { generator }).eq(first) // → array([true, true])
   */
  setState(state: RandomState): void {
    checkState('setState', state)
    this.#seed = state.seed
    this.#counter = state.counter
  }

  /**
   * Overwrites an array with the next elements of this generator.
   * @throws ShapeError where the elements do not lie in row-major order without gaps.
   * @throws DTypeError where it is not float32, or for `'bits'` int32.
   * @example
   * new Generator(0).fill('bits', zeros([2], { dtype: 'int32' }))
   * // → array([1713891541, -513161843])
   */
  fill(distribution: RandomDistribution, out: NDArray): NDArray {
    checkFillable(distribution, out)
    const key = this.getState()
    out.device.kernels.random(distribution, key, out)
    out.storage.version++
    this.#counter += Math.ceil(out.numel() / 4)
    return out
  }
}

function checkSeed(op: string, seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return
  throw new ValueError(`${op}: seed ${seed} must be a whole number from 0 to 2⁵³`)
}

function checkState(op: string, state: RandomState): void {
  if (typeof state !== 'object' || state === null) {
    throw new ValueError(
      `${op}: the state is ${describeValue(state)}: give what getState() returned`,
    )
  }
  checkSeed(op, state.seed)
  checkWhole(op, { counter: state.counter })
}

function checkFillable(distribution: RandomDistribution, out: NDArray): void {
  const dtype = distribution === 'bits' ? 'int32' : 'float32'
  if (out.dtype !== dtype) {
    throw new DTypeError(`fill: ${distribution} needs ${dtype}, not ${out.dtype}`)
  }
  if (!out.isContiguous()) {
    throw new ShapeError('fill: the elements have gaps between them: fill a new array')
  }
}

let common = new Generator(Math.floor(Math.random() * 2 ** 32))

/**
 * Starts the generator anew that all functions here use unless they are given one.
 *
 * @example
 * manualSeed(1)
 * const first = rand([])
 * manualSeed(1)
 * rand([]).item() === first.item() // → true
 */
export function manualSeed(seed: number): void {
  common = new Generator(seed)
}

/** The generator in use where none is given. */
export function commonGenerator(): Generator {
  return common
}

/**
 * Where the generator stands that is in use where none is given: save it beside a
 * model, and training can go on by the same numbers.
 *
 * @example
 * manualSeed(1)
 * rand([10])
 * getRngState() // → { seed: 1, counter: 3 }
 */
export function getRngState(): RandomState {
  return common.getState()
}

/**
 * Puts the generator that is in use where none is given to where it stood.
 *
 * @throws ValueError for what is no state.
 * @example
 * const state = getRngState()
 * const first = rand([])
 * setRngState(state)
 * rand([]).item() === first.item() // → true
 */
export function setRngState(state: RandomState): void {
  checkState('setRngState', state)
  common.setState(state)
}
