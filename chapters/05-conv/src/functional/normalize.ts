import { noGrad, Tensor } from '@deepdive/autograd'
import { type Observe, standardize } from '@deepdive/nn'
import {
  checkNotNegative,
  formatShape,
  type NDArray,
  sizeOf,
  ValueError,
} from '@deepdive/tensor'
import { batchNormInOnePass } from '../ops/batch-norm.ts'
import { checkChannelVectors, perChannel, scaleChannels } from './channels.ts'

/** What normalizes and scales each channel: a number of each for each, or none. */
export interface ChannelVectors {
  readonly runningMean: Tensor | null
  readonly runningVar: Tensor | null
  readonly weight: Tensor | null
  readonly bias: Tensor | null
}

export interface RunningOptions {
  /**
   * The share of new statistics in the running ones: a number, or a tensor that holds
   * one. Default: 0.1.
   */
  readonly momentum?: number | Tensor
  /** What is added to the variance. Default: 1e-5. */
  readonly eps?: number
}

/**
 * (x − μ) / √(σ² + eps) · w + b, with mean and variance over `dims` of x, which running
 * statistics follow if there are any.
 */
export function normalizeByData(
  op: string,
  x: Tensor,
  dims: readonly number[],
  vectors: ChannelVectors,
  { momentum = 0.1, eps = 1e-5 }: RunningOptions,
): Tensor {
  checkChannelVectors(op, x, { ...vectors })
  checkNotNegative(op, { eps })
  const count = sizeOf(dims.map((dim) => x.shape[dim]))
  if (count === 1) throw tooFewValues(op, x, dims)
  const observe = follow(op, vectors, momentum, count)
  const { weight, bias } = vectors
  const isBatchNorm = dims.length === x.ndim - 1 && !dims.includes(1)
  if (isBatchNorm && weight && bias) {
    const y = batchNormInOnePass(x, weight, bias, eps, observe)
    if (y) return y
  }
  // An empty batch has no statistics to follow.
  const y = standardize(x, dims, eps, x.numel() > 0 ? observe : undefined)
  return scaleChannels(y, weight, bias)
}

/**
 * The same with running statistics in place of those of x: one factor for each channel.
 */
export function normalizeByRunning(
  op: string,
  x: Tensor,
  vectors: ChannelVectors,
  { eps = 1e-5 }: RunningOptions,
): Tensor {
  checkChannelVectors(op, x, { ...vectors })
  checkNotNegative(op, { eps })
  const { runningMean, runningVar, weight, bias } = vectors
  if (!runningMean || !runningVar) {
    throw new ValueError(
      `${op}: there must be runningMean and runningVar, or statistics of the data to ` +
        'normalize by',
    )
  }
  const inverse = runningVar.add(eps).rsqrt()
  const factor = weight ? inverse.mul(weight) : inverse
  // A copy: training may move the mean on before this is differentiated.
  const mean = perChannel(runningMean.clone(), x)
  return scaleChannels(x.sub(mean), factor, bias)
}

/**
 * Moves the running statistics towards what is found in data,
 * running ← running + momentum · (found − running), in place and unrecorded. A variance
 * over `count` elements estimates that of all data if it is made larger by
 * count / (count − 1).
 */
function follow(
  op: string,
  { runningMean, runningVar }: ChannelVectors,
  momentum: number | Tensor,
  count: number,
): Observe | undefined {
  if (!runningMean && !runningVar) return undefined
  if (!runningMean || !runningVar) {
    throw new ValueError(`${op}: give both runningMean and runningVar, or neither`)
  }
  return (mean, variance) =>
    noGrad(() => {
      approach(runningMean, mean, momentum)
      approach(runningVar, variance.mul(count / (count - 1)), momentum)
    })
}

/** Of what is found for each sample, [N, C, …], the mean over all counts. */
function approach(running: Tensor, found: NDArray, momentum: number | Tensor): void {
  const channels = running.numel()
  const rows = new Tensor(found.reshape([found.numel() / channels, channels]))
  running.add_(rows.mean(0).sub(running).mul(momentum))
}

function tooFewValues(op: string, x: Tensor, dims: readonly number[]): ValueError {
  return new ValueError(
    `${op}: expected more than 1 value per channel when training, and over axes ` +
      `[${dims.join(', ')}] of ${formatShape(x.shape)} there is 1: give larger inputs ` +
      'or batches, or normalize by running statistics, as eval() does',
  )
}
