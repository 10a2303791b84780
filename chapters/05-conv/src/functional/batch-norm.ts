import type { Tensor } from '@deepdive/autograd'
import {
  normalizeByData,
  normalizeByRunning,
  type RunningOptions,
} from './normalize.ts'

export interface BatchNormOptions extends RunningOptions {
  /**
   * Whether to normalize by the batch, rather than by running statistics.
   * Default: false.
   */
  readonly training?: boolean
}

/**
 * y = (x − μ) / √(σ² + eps) · w + b for each channel of [N, C, …]. In training, μ and
 * σ² are mean and variance over all other axes, and the running statistics, where
 * given, move towards them, in place; else μ and σ² are the running statistics
 * (Ioffe & Szegedy 2015).
 *
 * @throws ShapeError where a vector is not a number for each channel.
 * @throws ValueError where a channel has a single value in training, or running
 * statistics are missing in evaluation.
 * @example
 * const mean = zeros([1])
 * const x = tensor([[1], [3]])
 * functional.batchNorm(x, mean, ones([1]), null, null, { training: true })
 * // → tensor([[-1.0000],
 * //           [ 1.0000]])
 * mean // → tensor([0.2000])
 */
export function batchNorm(
  x: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  weight: Tensor | null = null,
  bias: Tensor | null = null,
  { training = false, ...options }: BatchNormOptions = {},
): Tensor {
  const vectors = { runningMean, runningVar, weight, bias }
  if (!training) return normalizeByRunning('batchNorm', x, vectors, options)
  const dims = [...x.shape.keys()].filter((axis) => axis !== 1)
  return normalizeByData('batchNorm', x, dims, vectors, options)
}
