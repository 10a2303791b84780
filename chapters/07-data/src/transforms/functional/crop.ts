import { pad, type Tensor } from '@deepdive/autograd'
import { checkCount, formatShape, ValueError } from '@deepdive/tensor'
import { checkKind } from '../../datasets/check-kind.ts'
import { checkImages } from './check-images.ts'
import type { Size } from './resize.ts'

function isSize(value: unknown): boolean {
  return typeof value === 'number' || (Array.isArray(value) && value.length === 2)
}

/** Height and width of a square, or of a rectangle. */
export function bothSides(op: string, size: Size): readonly [number, number] {
  checkKind(op, { size }, 'a number, or [height, width]', isSize)
  const [height, width] = typeof size === 'number' ? [size, size] : size
  checkCount(op, { height, width })
  return [height, width]
}

/**
 * A part of images: `height` rows from `top`, and `width` columns from `left`.
 *
 * @throws ValueError where the images are smaller.
 * @example
 * const x = tensor([[[1, 2, 3], [4, 5, 6]]])
 * transforms.functional.crop(x, 0, 1, 2, 2)
 * // → tensor([[[2., 3.],
 * //            [5., 6.]]])
 */
export function crop(
  x: Tensor,
  top: number,
  left: number,
  height: number,
  width: number,
): Tensor {
  checkImages('crop', x)
  const [rows, columns] = x.shape.slice(-2)
  if (top >= 0 && left >= 0 && top + height <= rows && left + width <= columns) {
    return x.narrow(-2, top, height).narrow(-1, left, width)
  }
  throw new ValueError(
    `crop: ${height}×${width} from row ${top} and column ${left} on reaches beyond ` +
      `images of ${formatShape(x.shape)}: pad() them first, or resize() them`,
  )
}

/**
 * The middle of images, with zeros around them where they are smaller.
 *
 * @throws ValueError where a size is no whole number ≥ 1.
 * @example
 * const x = tensor([[[1, 2, 3, 4]]])
 * transforms.functional.centerCrop(x, [1, 2]) // → tensor([[[2., 3.]]])
 */
export function centerCrop(x: Tensor, size: Size): Tensor {
  checkImages('centerCrop', x)
  const [height, width] = bothSides('centerCrop', size)
  const [above, below] = missing(height, x.shape[x.ndim - 2])
  const [before, after] = missing(width, x.shape[x.ndim - 1])
  const padded = pad(x, [before, after, above, below])
  const [rows, columns] = padded.shape.slice(-2)
  const top = roundToEven((rows - height) / 2)
  const left = roundToEven((columns - width) / 2)
  return crop(padded, top, left, height, width)
}

/** How many pixels `there` lacks before and after it. */
function missing(wanted: number, there: number): [number, number] {
  const lack = Math.max(0, wanted - there)
  return [Math.floor(lack / 2), Math.ceil(lack / 2)]
}

/** The nearest whole number; a half goes to the even one, as in Python. */
export function roundToEven(x: number): number {
  const floor = Math.floor(x)
  if (x - floor !== 0.5) return Math.round(x)
  return floor % 2 === 0 ? floor : floor + 1
}
