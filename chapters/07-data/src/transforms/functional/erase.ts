import type { Tensor } from '@deepdive/autograd'
import { checkImages } from './check-images.ts'
import { crop } from './crop.ts'

/**
 * Images in which a rectangle has one value.
 *
 * @throws ValueError where it reaches beyond them.
 * @example
 * const x = tensor([[[1, 2, 3]]])
 * transforms.functional.erase(x, 0, 1, 1, 2, 9) // → tensor([[[1., 9., 9.]]])
 */
export function erase(
  x: Tensor,
  top: number,
  left: number,
  height: number,
  width: number,
  value: number | Tensor,
): Tensor {
  checkImages('erase', x)
  const erased = x.clone()
  const rectangle = crop(erased, top, left, height, width)
  if (typeof value === 'number') rectangle.fill_(value)
  else rectangle.copy_(value)
  return erased
}
