import { ones, type Tensor, zeros } from '@deepdive/autograd'
import { Module, Parameter } from '@deepdive/nn'
import { checkCount, checkNotNegative, optionsOf } from '@deepdive/tensor'
import { checkLayerInput } from './functional/channels.ts'
import { groupNorm } from './functional/group-norm.ts'
import { checkGroups } from './functional/groups.ts'

export interface GroupNormOptions {
  /** What is added to the variance. Default: 1e-5. */
  readonly eps?: number
  /** Whether a weight and a bias for each channel are learned. Default: true. */
  readonly affine?: boolean
}

/**
 * y = (x − μ) / √(σ² + eps) · w + b, with mean and variance of each sample over each of
 * `numGroups` groups of channels: x is [N, C, …]. It is the same for any batch, and in
 * training and evaluation. w starts at 1, b at 0 (Wu & He 2018).
 *
 * @throws ShapeError where x has not `numChannels` channels.
 * @throws ValueError where the groups do not divide the channels.
 * @example
 * const layer = new GroupNorm(2, 4)
 * layer // → GroupNorm(2 groups of 2 channels)
 * layer.forward(tensor([[1, 3, 10, 30]])).detach()
 * // → tensor([[-1.0000,  1.0000, -1.0000,  1.0000]])
 */
export class GroupNorm extends Module {
  readonly numGroups: number
  readonly numChannels: number
  readonly eps: number
  weight: Parameter | null
  bias: Parameter | null

  constructor(numGroups: number, numChannels: number, options: GroupNormOptions = {}) {
    super()
    const { eps = 1e-5, affine = true } = optionsOf('GroupNorm', options)
    checkCount('GroupNorm', { numGroups, numChannels })
    checkGroups('GroupNorm', numGroups, { channels: numChannels })
    checkNotNegative('GroupNorm', { eps })
    this.numGroups = numGroups
    this.numChannels = numChannels
    this.eps = eps
    this.weight = affine ? new Parameter(ones([numChannels])) : null
    this.bias = affine ? new Parameter(zeros([numChannels])) : null
  }

  forward(x: Tensor): Tensor {
    const { numGroups, numChannels, weight, bias, eps } = this
    checkLayerInput('groupNorm', x, numChannels, ['[N, C, …]'])
    return groupNorm(x, numGroups, weight, bias, { eps })
  }

  override extraRepr(): string {
    const { numGroups, numChannels, weight } = this
    const groups = `${numGroups} groups of ${numChannels / numGroups} channels`
    return weight ? groups : `${groups}, no weight`
  }
}
