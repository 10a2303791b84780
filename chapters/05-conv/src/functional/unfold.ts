import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError, sizeOf } from '@deepdive/tensor'
import { sumOfWindows, windows } from '../ops/windows.ts'
import {
  evenWindow,
  type PerAxis,
  perAxis,
  type WindowOptions,
  windowCount,
} from '../window.ts'
import { batched } from './batched.ts'
import { checkFloat } from './check-float.ts'
import { fromColumns, toColumns } from './columns.ts'

/**
 * All windows on images as columns, what a convolution multiplies its filters by: x is
 * [N, C, H, W] or [C, H, W], y [N, C · kH · kW, L] with a column for each of L windows.
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where a number makes no sense.
 * @example
 * functional.unfold(tensor([[[0, 1, 2], [3, 4, 5]]]), 2)
 * // → tensor([[0., 1.],
 * //           [1., 2.],
 * //           [3., 4.],
 * //           [4., 5.]])
 */
export function unfold(
  x: Tensor,
  kernelSize: PerAxis,
  options: WindowOptions = {},
): Tensor {
  const window = evenWindow('unfold', kernelSize, 2, options)
  return batched('unfold', x, 2, (images) =>
    toColumns(images.apply(windows('unfold', window)), 1).squeeze(1),
  )
}

/**
 * Adds columns up to images, each number where `unfold` took it from: x is
 * [N, C · kH · kW, L] or without N, y [N, C, H, W], with H and W from `outputSize`.
 * Where windows overlap, fold(unfold(x)) is x times the number of windows over each
 * pixel.
 *
 * @throws ShapeError where L is not the number of windows on such an image, or the
 * columns are no multiple of a window.
 * @throws ValueError where a number makes no sense.
 * @example
 * functional.fold(ones([4, 2]), [2, 3], 2)
 * // → tensor([[[1., 2., 1.],
 * //            [1., 2., 1.]]])
 */
export function fold(
  x: Tensor,
  outputSize: PerAxis,
  kernelSize: PerAxis,
  options: WindowOptions = {},
): Tensor {
  const extents = perAxis('fold', 'outputSize', outputSize, 2, 1)
  const window = evenWindow('fold', kernelSize, 2, options)
  const sizes = window.map(({ size }) => size)
  const counts = window.map((axis, n) => windowCount('fold', axis, extents[n]))
  checkColumns(x, sizes, counts)
  const single = x.ndim === 2
  const columns = single ? x.unsqueeze(0) : x
  const laid = fromColumns(columns.unsqueeze(1), sizes, counts)
  const y = laid.apply(sumOfWindows('fold', window, extents))
  return single ? y.squeeze(0) : y
}

function checkColumns(
  x: Tensor,
  sizes: readonly number[],
  counts: readonly number[],
): void {
  checkFloat('fold', 'input', x)
  const [height, width] = x.shape.slice(-2)
  const fits = height % sizeOf(sizes) === 0 && width === sizeOf(counts)
  if (fits && (x.ndim === 2 || x.ndim === 3)) return
  const sample = `C · ${sizeOf(sizes)}, ${sizeOf(counts)}]`
  throw new ShapeError(
    `fold: the input ${formatShape(x.shape)} must be [N, ${sample}, or [${sample} ` +
      `for a single sample: a window is ${sizes.join(' × ')}, and ` +
      `${counts.join(' × ')} of them lie on the image`,
  )
}
