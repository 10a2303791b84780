import {
  checkShape,
  isShape,
  multinomial as multinomialArray,
  type RandomOptions,
  rand as randArray,
  randint as randintArray,
  randn as randnArray,
  randperm as randpermArray,
  type Shape,
} from '@deepdive/tensor'
import { type TensorOptions, wrap } from './create.ts'
import type { Tensor } from './tensor.ts'

/** The same, and the generator that random numbers come from. */
export type RandomTensorOptions = RandomOptions & TensorOptions

/**
 * Uniform random numbers in [0, 1).
 *
 * @example
 * rand([2, 3]).lt(1).all().item() // → 1
 */
export function rand(shape: Shape, options: RandomTensorOptions = {}): Tensor {
  return wrap(randArray(shape, options), options)
}

/**
 * Random numbers of the standard normal distribution: mean 0, variance 1.
 *
 * @example
 * randn([2, 3]).shape // → [2, 3]
 */
export function randn(shape: Shape, options: RandomTensorOptions = {}): Tensor {
  return wrap(randnArray(shape, options), options)
}

/**
 * Random whole numbers from `low`, or 0, up to, without, `high`, int32.
 *
 * @example
 * randint(5, 10, [100]).ge(5).all().item() // → 1
 * randint(10, [100]).lt(10).all().item() // → 1
 */
export function randint(
  high: number,
  shape: Shape,
  options?: RandomTensorOptions,
): Tensor
export function randint(
  low: number,
  high: number,
  shape: Shape,
  options?: RandomTensorOptions,
): Tensor
export function randint(
  first: number,
  second: number | Shape,
  third: Shape | RandomTensorOptions = {},
  last: RandomTensorOptions = {},
): Tensor {
  const [low, high] = typeof second === 'number' ? [first, second] : [0, first]
  const [shape, options] = isShape(third) ? [third, last] : [second, third]
  checkShape('randint', shape)
  return wrap(randintArray(low, high, shape, options), options)
}

/**
 * The numbers 0 to n − 1 in random order, int32.
 *
 * @example
 * randperm(5).sort().values // → tensor([0, 1, 2, 3, 4])
 */
export function randperm(n: number, options: RandomTensorOptions = {}): Tensor {
  return wrap(randpermArray(n, options), options)
}

/**
 * Draws `numSamples` indices, int32, each with a probability in proportion to its weight,
 * from `[n]` or from each row of `[rows, n]`; with `replacement` one may come twice.
 *
 * @throws ValueError where a weight is negative or not finite, or too few are not 0.
 * @example
 * multinomial(tensor([0, 1, 0]), 1) // → tensor([1])
 */
export function multinomial(
  weights: Tensor,
  numSamples: number,
  options: RandomTensorOptions & { readonly replacement?: boolean } = {},
): Tensor {
  return wrap(multinomialArray(weights.array, numSamples, options))
}
