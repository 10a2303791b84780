import type { Tensor } from '@deepdive/autograd'
import { batchNorm } from './functional/batch-norm.ts'
import { checkLayerInput } from './functional/channels.ts'
import { RunningNorm, type RunningNormOptions } from './running-norm.ts'

export interface BatchNormLayerOptions extends RunningNormOptions {
  /**
   * The share of each batch in the running statistics afterwards; null gives all
   * batches the same share. Default: 0.1.
   */
  readonly momentum?: number | null
}

export abstract class BatchNorm extends RunningNorm {
  readonly momentum: number | null

  constructor(numFeatures: number, options: BatchNormLayerOptions = {}) {
    super(numFeatures, true, options)
    const { momentum = 0.1 } = options
    this.momentum = momentum
  }

  protected normalize(x: Tensor, ...layouts: string[]): Tensor {
    checkLayerInput('batchNorm', x, this.numFeatures, layouts)
    const { runningMean, runningVar, weight, bias, eps } = this
    const options = { training: this.usesData, momentum: this.#share(), eps }
    const y = batchNorm(x, runningMean, runningVar, weight, bias, options)
    if (this.training) this.numBatchesTracked?.add_(1)
    return y
  }

  /** The share of the next batch: of the n-th, 1/n, if all are to have the same. */
  #share(): number | Tensor {
    if (this.momentum !== null) return this.momentum
    return this.numBatchesTracked?.to('float32').add(1).reciprocal() ?? 0
  }
}

/**
 * y = (x − μ) / √(σ² + eps) · w + b for each feature of [N, C], or channel of
 * [N, C, L]. In training, μ and σ² are mean and variance over the batch, and running
 * statistics follow them; in evaluation, μ and σ² are the running statistics. w starts
 * at 1, b at 0 (Ioffe & Szegedy 2015).
 *
 * @throws ShapeError where x has not `numFeatures` channels.
 * @throws ValueError where a channel has a single value in training.
 * @example
 * const layer = new BatchNorm1d(1)
 * layer.forward(tensor([[1], [3]])).detach()
 * // → tensor([[-1.0000],
 * //           [ 1.0000]])
 * layer.runningMean // → tensor([0.2000])
 * layer.eval().forward(tensor([[0.2]])).item() // → 0
 */
export class BatchNorm1d extends BatchNorm {
  forward(x: Tensor): Tensor {
    return this.normalize(x, '[N, C]', '[N, C, L]')
  }
}

/**
 * As BatchNorm1d, for each channel of images [N, C, H, W]: mean and variance are over
 * all pixels of the batch.
 *
 * @throws ShapeError where x has not `numFeatures` channels.
 * @throws ValueError where a channel has a single value in training.
 * @example
 * const layer = new BatchNorm2d(16)
 * layer.forward(zeros([8, 16, 28, 28])).shape // → [8, 16, 28, 28]
 * Object.keys(layer.stateDict())
 * // → ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']
 */
export class BatchNorm2d extends BatchNorm {
  forward(x: Tensor): Tensor {
    return this.normalize(x, '[N, C, H, W]')
  }
}
