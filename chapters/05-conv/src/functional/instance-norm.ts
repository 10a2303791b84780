import type { Tensor } from '@deepdive/autograd'
import { checkLayout } from './channels.ts'
import {
  normalizeByData,
  normalizeByRunning,
  type RunningOptions,
} from './normalize.ts'

export interface InstanceNormOptions extends RunningOptions {
  /**
   * Whether to normalize by each sample, rather than by running statistics.
   * Default: true.
   */
  readonly useInputStats?: boolean
}

/**
 * y = (x − μ) / √(σ² + eps) · w + b, with mean and variance of each channel of each
 * sample: x is [N, C, …] with at least one axis more (Ulyanov et al. 2016). Running
 * statistics, where given, move towards the mean of those of the samples.
 *
 * @throws ShapeError where a vector is not a number for each channel.
 * @throws ValueError where a channel of a sample has a single value, or running
 * statistics are missing without `useInputStats`.
 * @example
 * functional.instanceNorm(tensor([[[1, 3], [10, 30]]]))
 * // → tensor([[[-1.0000,  1.0000],
 * //            [-1.0000,  1.0000]]])
 */
export function instanceNorm(
  x: Tensor,
  runningMean: Tensor | null = null,
  runningVar: Tensor | null = null,
  weight: Tensor | null = null,
  bias: Tensor | null = null,
  { useInputStats = true, ...options }: InstanceNormOptions = {},
): Tensor {
  checkLayout('instanceNorm', x, ['[N, C, L, …]'])
  const vectors = { runningMean, runningVar, weight, bias }
  if (!useInputStats) return normalizeByRunning('instanceNorm', x, vectors, options)
  const dims = [...x.shape.keys()].slice(2)
  return normalizeByData('instanceNorm', x, dims, vectors, options)
}
