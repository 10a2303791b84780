import { type Tensor, tensor } from '@deepdive/autograd'
import { checkFinite, checkPositive, formatShape, ShapeError } from '@deepdive/tensor'
import { checkFractions } from './check-images.ts'

/** A number for each channel, or one for all. */
export type PerChannel = number | readonly number[]

/**
 * (x − mean) / std, by the mean and std of each channel.
 *
 * @throws ShapeError where there is neither one for all, nor one for each channel.
 * @throws ValueError where a mean is not finite, or a std not above 0.
 * @example
 * const x = tensor([[[0, 1]], [[0, 1]]])
 * transforms.functional.normalize(x, [0.5, 0], [0.5, 2])
 * // → tensor([[[-1.0000,  1.0000]],
 * //
 * //           [[ 0.0000,  0.5000]]])
 */
export function normalize(x: Tensor, mean: PerChannel, std: PerChannel): Tensor {
  checkFractions('normalize', x)
  checkStatistics(mean, std)
  return x.sub(channels('mean', mean, x)).div(channels('std', std, x))
}

/** Refuses a mean and a std by which nothing can be normalized. */
export function checkStatistics(mean: PerChannel, std: PerChannel): void {
  for (const value of [mean].flat()) checkFinite('normalize', { mean: value })
  for (const value of [std].flat()) checkPositive('normalize', { std: value })
}

/** The numbers as [channels, 1, 1], which stretches over an image. */
function channels(name: string, value: PerChannel, x: Tensor): Tensor {
  const list = [value].flat()
  const count = x.shape[x.ndim - 3]
  if (list.length === 1 || list.length === count) {
    return tensor(list, { device: x.device }).reshape([-1, 1, 1])
  }
  throw new ShapeError(
    `normalize: ${name} has ${list.length} numbers, but the image ` +
      `${formatShape(x.shape)} has ${count} channels`,
  )
}
