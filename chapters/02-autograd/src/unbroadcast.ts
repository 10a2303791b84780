import { type Shape, sameShape } from '@deepdive/tensor'
import type { Tensor } from './tensor.ts'

/**
 * Sums a gradient back to the shape of an input that was stretched: what one element
 * was used for many times, it receives from all of them.
 */
export function unbroadcast(grad: Tensor, shape: Shape): Tensor {
  if (sameShape(grad.shape, shape)) return grad
  const added = grad.ndim - shape.length
  const stretched = grad.shape
    .map((_, axis) => axis)
    .filter(
      (axis) => axis < added || (shape[axis - added] === 1 && grad.shape[axis] !== 1),
    )
  return grad.sum(stretched, { keepdim: true }).reshape(shape)
}
