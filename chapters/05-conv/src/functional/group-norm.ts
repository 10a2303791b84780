import type { Tensor } from '@deepdive/autograd'
import { type functional, standardize } from '@deepdive/nn'
import {
  checkCount,
  checkNotNegative,
  formatShape,
  sizeOf,
  ValueError,
} from '@deepdive/tensor'
import { checkChannelVectors, scaleChannels } from './channels.ts'
import { checkGroups } from './groups.ts'

/**
 * y = (x − μ) / √(σ² + eps) · w + b, with mean and variance of each sample over each of
 * `numGroups` groups of channels, so that no batch is needed: x is [N, C, …]
 * (Wu & He 2018).
 *
 * @throws ShapeError where a vector is not a number for each channel.
 * @throws ValueError where the groups do not divide the channels, or hold a single
 * value in a batch of one.
 * @example
 * functional.groupNorm(tensor([[1, 3, 10, 30]]), 2)
 * // → tensor([[-1.0000,  1.0000, -1.0000,  1.0000]])
 */
export function groupNorm(
  x: Tensor,
  numGroups: number,
  weight: Tensor | null = null,
  bias: Tensor | null = null,
  { eps = 1e-5 }: functional.EpsOption = {},
): Tensor {
  checkChannelVectors('groupNorm', x, { weight, bias })
  const [batch, channels] = x.shape
  checkCount('groupNorm', { numGroups })
  checkNotNegative('groupNorm', { eps })
  checkGroups('groupNorm', numGroups, { channels })
  const size = (channels / numGroups) * sizeOf(x.shape.slice(2))
  if (batch === 1 && size === 1) {
    throw new ValueError(
      `groupNorm: a variance needs more than one value, and each of ${numGroups} ` +
        `groups of ${formatShape(x.shape)} has 1: use fewer groups`,
    )
  }
  const groups = x.reshape([batch, numGroups, size])
  return scaleChannels(standardize(groups, [2], eps).reshape(x.shape), weight, bias)
}
