import { type CreateOptions, isShape, zeros } from './create.ts'
import { getDefaultDevice } from './default-device.ts'
import { DTypeError, ValueError } from './errors.ts'
import { commonGenerator, type Generator } from './generator.ts'
import type { RandomDistribution } from './kernels.ts'
import { NDArray } from './ndarray.ts'
import { checkShape, type Shape } from './shape.ts'

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
  const [low, high] = typeof second === 'number' ? [first, second] : [0, first]
  const [shape, options] = isShape(third) ? [third, last] : [second, third]
  checkShape('randint', shape)
  return wholeBetween(low, high, shape, options)
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

/** All 32 bits of each word, as int32. */
function bits(op: string, shape: Shape, options: RandomOptions): NDArray {
  checkShape(op, shape)
  const { device = getDefaultDevice(), generator = commonGenerator() } = options
  return generator.fill('bits', NDArray.empty(shape, 'int32', device))
}

function fractions(
  op: string,
  distribution: RandomDistribution,
  shape: Shape,
  options: RandomOptions,
): NDArray {
  checkShape(op, shape)
  const { dtype = 'float32', generator = commonGenerator() } = options
  if (dtype !== 'float32') {
    throw new DTypeError(`${op}: fractions need float32, not ${dtype}`)
  }
  return generator.fill(distribution, zeros(shape, options))
}
