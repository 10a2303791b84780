import { bothSides, centerCrop as centerCropOf } from './functional/crop.ts'
import {
  checkStatistics,
  normalize as normalizeBy,
  type PerChannel,
} from './functional/normalize.ts'
import {
  type ResizeOptions,
  resize as resizeTo,
  type Size,
} from './functional/resize.ts'
import type { Transform } from './transform.ts'

/**
 * Brings each channel to mean 0 and std 1, if `mean` and `std` are those of the data:
 * see `channelStatistics`.
 *
 * @throws ValueError where a mean is not finite, or a std not above 0.
 * @example
 * transforms.normalize(0.5, 0.25)(tensor([[[0, 1]]])) // → tensor([[[-2.,  2.]]])
 */
export function normalize(mean: PerChannel, std: PerChannel): Transform {
  checkStatistics(mean, std)
  return (x) => normalizeBy(x, mean, std)
}

/**
 * Makes images of one size; a single number is for the shorter side.
 *
 * @throws ValueError where a size is no whole number ≥ 1.
 * @example
 * transforms.resize(2)(ones([3, 4, 8])).shape // → [3, 2, 4]
 */
export function resize(size: Size, options?: ResizeOptions): Transform {
  bothSides('resize', size)
  return (x) => resizeTo(x, size, options)
}

/**
 * Takes the middle of images, with zeros around it where they are smaller.
 *
 * @throws ValueError where a size is no whole number ≥ 1.
 * @example
 * transforms.centerCrop(2)(tensor([[[1, 2, 3, 4]]]))
 * // → tensor([[[2., 3.],
 * //            [0., 0.]]])
 */
export function centerCrop(size: Size): Transform {
  bothSides('centerCrop', size)
  return (x) => centerCropOf(x, size)
}
