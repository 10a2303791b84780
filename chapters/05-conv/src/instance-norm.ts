import type { Tensor } from '@deepdive/autograd'
import { batched } from './functional/batched.ts'
import { checkLayerInput } from './functional/channels.ts'
import { instanceNorm } from './functional/instance-norm.ts'
import { RunningNorm, type RunningNormOptions } from './running-norm.ts'

export interface InstanceNormLayerOptions extends RunningNormOptions {
  /** The share of each batch in the running statistics afterwards. Default: 0.1. */
  readonly momentum?: number
}

export abstract class InstanceNorm extends RunningNorm {
  readonly momentum: number

  constructor(numFeatures: number, options: InstanceNormLayerOptions = {}) {
    super(numFeatures, false, options)
    this.momentum = options.momentum ?? 0.1
  }

  protected normalize(x: Tensor, rank: number, ...layouts: string[]): Tensor {
    checkLayerInput('instanceNorm', x, this.numFeatures, layouts)
    const { runningMean, runningVar, weight, bias, eps, momentum } = this
    const options = { useInputStats: this.usesData, momentum, eps }
    return batched('instanceNorm', x, rank, (x) =>
      instanceNorm(x, runningMean, runningVar, weight, bias, options),
    )
  }
}

/**
 * y = (x − μ) / √(σ² + eps), with mean and variance of each channel of each sample:
 * x is [N, C, L] or [C, L]. Options add a weight and a bias, or running statistics for
 * evaluation (Ulyanov et al. 2016).
 *
 * @throws ShapeError where x has not `numFeatures` channels.
 * @throws ValueError where a channel has a single value.
 * @example
 * new InstanceNorm1d(2).forward(tensor([[1, 3], [10, 30]]))
 * // → tensor([[-1.0000,  1.0000],
 * //           [-1.0000,  1.0000]])
 */
export class InstanceNorm1d extends InstanceNorm {
  forward(x: Tensor): Tensor {
    return this.normalize(x, 1, '[N, C, L]', '[C, L]')
  }
}

/**
 * As InstanceNorm1d, for images: x is [N, C, H, W] or [C, H, W].
 *
 * @throws ShapeError where x has not `numFeatures` channels.
 * @throws ValueError where a channel has a single value.
 * @example
 * const layer = new InstanceNorm2d(3, { affine: true })
 * layer.forward(zeros([1, 3, 8, 8])).shape // → [1, 3, 8, 8]
 */
export class InstanceNorm2d extends InstanceNorm {
  forward(x: Tensor): Tensor {
    return this.normalize(x, 2, '[N, C, H, W]', '[C, H, W]')
  }
}
