import type { Tensor } from '@deepdive/autograd'
import { largestInWindows } from '../ops/largest-in-windows.ts'
import { maxPoolInOnePass } from '../ops/max-pool.ts'
import type { PerAxis, Window } from '../window.ts'
import { checkAxes } from './batched.ts'
import { type PoolOptions, poolWindow } from './pool-window.ts'

export interface IndicesOption<Indices extends boolean> {
  /**
   * Whether to return, beside the values, where each stood in its plane.
   * Default: false.
   */
  readonly returnIndices?: Indices | false
}

export interface MaxPoolOptions<Indices extends boolean = boolean>
  extends PoolOptions,
    IndicesOption<Indices> {
  /** How far one element of a window lies from the next. Default: 1. */
  readonly dilation?: PerAxis
}

/** What max pooling returns: the values, or a pair if `returnIndices` asks for it. */
export type Pooled<Indices extends boolean> = Indices extends true
  ? [values: Tensor, indices: Tensor]
  : Tensor

/** The largest element of each window, and where it stands; the gradient goes there. */
export function largest(op: string, x: Tensor, window: Window): [Tensor, Tensor] {
  // Dilated and padded, a window can have all its elements beside x: nothing's maximum.
  const canMiss = window.some(({ dilation, before }) => dilation > 1 && before > 0)
  const found = canMiss ? null : maxPoolInOnePass(op, x, window)
  if (found) return found
  const indices = x.apply(largestInWindows(op, window))
  const lead = x.ndim - window.length
  const places = indices.flatten(lead)
  const planes = x.flatten(lead)
  const values = canMiss
    ? planes.gather(-1, places.clamp(0)).maskedFill(places.lt(0), -Infinity)
    : planes.gather(-1, places)
  return [values.reshape(indices.shape), indices]
}

/** The pair, or its values alone, as the options ask. */
export function chosen<Indices extends boolean>(
  pair: [Tensor, Tensor],
  { returnIndices }: IndicesOption<Indices>,
): Pooled<Indices> {
  // A type that depends on a value: no check of the value can narrow it.
  return (returnIndices ? pair : pair[0]) as Pooled<Indices>
}

function maxPool(
  op: string,
  x: Tensor,
  rank: number,
  kernelSize: PerAxis,
  options: MaxPoolOptions,
): [Tensor, Tensor] {
  checkAxes(op, x, rank)
  return largest(op, x, poolWindow(op, x.shape.slice(-rank), kernelSize, options))
}

/**
 * y[n, c, i] = max over k of x[n, c, i · s + k · d − pad], the first of equal ones; NaN
 * passes through. x is [N, C, L] or [C, L], y and the int32 indices [N, C, L′].
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where the padding is more than half a kernel.
 * @example
 * functional.maxPool1d(tensor([[1, 5, 2, 3]]), 2) // → tensor([[5., 3.]])
 */
export function maxPool1d<Indices extends boolean = false>(
  x: Tensor,
  kernelSize: PerAxis,
  options: MaxPoolOptions<Indices> = {},
): Pooled<Indices> {
  return chosen(maxPool('maxPool1d', x, 1, kernelSize, options), options)
}

/**
 * The largest element of each window of an image, the first of equal ones; NaN passes
 * through. x is [N, C, H, W] or [C, H, W]; with `returnIndices`, places count row after
 * row in the plane of x.
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where the padding is more than half a kernel.
 * @example
 * const x = tensor([[[1, 2], [4, 3]]])
 * functional.maxPool2d(x, 2) // → tensor([[[4.]]])
 * functional.maxPool2d(x, 2, { returnIndices: true })[1] // → tensor([[[2]]])
 */
export function maxPool2d<Indices extends boolean = false>(
  x: Tensor,
  kernelSize: PerAxis,
  options: MaxPoolOptions<Indices> = {},
): Pooled<Indices> {
  return chosen(maxPool('maxPool2d', x, 2, kernelSize, options), options)
}
