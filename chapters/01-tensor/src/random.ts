import { type CreateOptions, isShape, zeros } from './create.ts'
import { getDefaultDevice } from './default-device.ts'
import { DTypeError, ShapeError, ValueError } from './errors.ts'
import type { RandomDistribution } from './kernels.ts'
import { NDArray } from './ndarray.ts'
import { checkShape, formatShape, type Shape } from './shape.ts'

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
  readonly seed: number
  #counter = 0

  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new ValueError(
        `Generator: seed ${seed} must be a whole number from 0 to 2⁵³`,
      )
    }
    this.seed = seed
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
    const key = { seed: this.seed, counter: this.#counter }
    out.device.kernels.random(distribution, key, out)
    out.storage.version++
    this.#counter += Math.ceil(out.numel() / 4)
    return out
  }
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

export interface RandomOptions extends CreateOptions {
  /** Default: the one that `manualSeed` starts. */
  readonly generator?: Generator
}

/**
 * Uniform random numbers in [0, 1).
 *
 * @example
 * rand([2, 3]).lt(1).all().item() // → 1
 */
export function rand(shape: Shape, options: RandomOptions = {}): NDArray {
  return fractions('rand', 'uniform', shape, options)
}

/**
 * Random numbers of the standard normal distribution: mean 0, variance 1.
 *
 * @example
 * randn([2, 3]).shape // → [2, 3]
 */
export function randn(shape: Shape, options: RandomOptions = {}): NDArray {
  return fractions('randn', 'normal', shape, options)
}

/**
 * Random whole numbers from `low`, or 0, up to, without, `high`, int32.
 *
 * @throws ValueError where no whole number lies between them.
 * @example
 * randint(5, 10, [100]).ge(5).all().item() // → 1
 * randint(10, [100]).lt(10).all().item() // → 1
 */
export function randint(high: number, shape: Shape, options?: RandomOptions): NDArray
export function randint(
  low: number,
  high: number,
  shape: Shape,
  options?: RandomOptions,
): NDArray
export function randint(
  first: number,
  second: number | Shape,
  third: Shape | RandomOptions = {},
  last: RandomOptions = {},
): NDArray {
  if (typeof second !== 'number') {
    return wholeBetween(0, first, second, isShape(third) ? last : third)
  }
  checkShape('randint', third)
  return wholeBetween(first, second, third, last)
}

function wholeBetween(
  low: number,
  high: number,
  shape: Shape,
  options: RandomOptions,
): NDArray {
  if (!(Number.isInteger(low) && Number.isInteger(high) && low < high)) {
    throw new ValueError(`randint: no whole number is ≥ ${low} and < ${high}`)
  }
  if (low < -(2 ** 31) || high > 2 ** 31 || high - low >= 2 ** 31) {
    throw new ValueError(`randint: ${low} to ${high} reaches beyond int32`)
  }
  const { dtype = 'int32' } = options
  return bits('randint', shape, options)
    .remainder(high - low)
    .add(low)
    .to(dtype)
}

/**
 * The numbers 0 to n − 1 in random order, int32.
 *
 * @example
 * randperm(5).sort().values // → array([0, 1, 2, 3, 4])
 */
export function randperm(n: number, options: RandomOptions = {}): NDArray {
  return bits('randperm', [n], options).argsort()
}

/**
 * Draws `numSamples` indices, int32, each with a probability in proportion to its weight,
 * from `[n]` or from each row of `[rows, n]`.
 *
 * The largest of ln wᵢ + gᵢ, with gᵢ of the Gumbel distribution, falls on i with
 * probability wᵢ / Σ w (Gumbel 1954); the k largest are k draws without replacement.
 *
 * @throws ValueError where a weight is negative or not finite, or too few are not 0.
 * @example
 * multinomial(array([0, 1, 0]), 1) // → array([1])
 */
export function multinomial(
  weights: NDArray,
  numSamples: number,
  options: RandomOptions & { readonly replacement?: boolean } = {},
): NDArray {
  const { replacement = false } = options
  if (weights.ndim < 1 || weights.ndim > 2) {
    throw new ShapeError(
      `multinomial: weights ${formatShape(weights.shape)} need 1 or 2 axes`,
    )
  }
  if (!(Number.isInteger(numSamples) && numSamples > 0)) {
    throw new ValueError(
      `multinomial: ${numSamples} draws: the number must be whole and > 0`,
    )
  }
  checkWeights(weights, replacement ? 1 : numSamples)
  const draws = replacement ? weights.unsqueeze(-2) : weights
  const rows = replacement ? draws.shape.with(-2, numSamples) : draws.shape
  // A uniform number of 0 would give −∞, which a weight of 0 has as well.
  const uniform = rand(rows, { ...options, dtype: 'float32' }).clamp(2 ** -25)
  const scores = draws.log().sub(uniform.log().neg().log())
  return replacement ? scores.argmax(-1) : scores.topk(numSamples).indices
}

/** Refuses weights that are no probabilities, or of which too few are above 0. */
function checkWeights(weights: NDArray, needed: number): void {
  const usable = weights.ge(0).logicalAnd(weights.lt(Infinity)).all().item()
  if (!usable) {
    throw new ValueError('multinomial: a weight is negative, infinite or NaN')
  }
  const choices = weights.numel() > 0 ? weights.gt(0).sum(-1).amin().item() : 0
  if (choices >= needed) return
  throw new ValueError(
    `multinomial: cannot draw ${needed} from ${choices} weights above 0: ` +
      'replacement draws one several times',
  )
}

/** All 32 bits of each word, as int32. */
function bits(op: string, shape: Shape, options: RandomOptions): NDArray {
  checkShape(op, shape)
  const { device = getDefaultDevice(), generator = common } = options
  return generator.fill('bits', NDArray.empty(shape, 'int32', device))
}

function fractions(
  op: string,
  distribution: RandomDistribution,
  shape: Shape,
  options: RandomOptions,
): NDArray {
  checkShape(op, shape)
  const { dtype = 'float32', generator = common } = options
  if (dtype !== 'float32') {
    throw new DTypeError(`${op}: fractions need float32, not ${dtype}`)
  }
  return generator.fill(distribution, zeros(shape, options))
}
