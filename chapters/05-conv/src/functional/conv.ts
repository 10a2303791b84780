import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError, sizeOf, ValueError } from '@deepdive/tensor'
import { windows } from '../ops/windows.ts'
import { type PerAxis, perAxis, type Window } from '../window.ts'

export interface ConvOptions {
  /** How far one window lies from the next. Default: 1. */
  readonly stride?: PerAxis
  /**
   * Zeros imagined on both sides of each axis; 'valid' is none, 'same' as many as keep
   * the size (only for stride 1). Default: 0.
   */
  readonly padding?: PerAxis | 'same' | 'valid'
  /** How far one element of a window lies from the next. Default: 1. */
  readonly dilation?: PerAxis
  /** Into how many groups the channels are divided, each on its own. Default: 1. */
  readonly groups?: number
}

/**
 * y[n, o, i, j] = b[o] + Σ w[o, c, p, q] · x[n, c, i · s + p · d − pad, j · s + q · d − pad],
 * summed over c, p and q, on as many axes as the weight has beyond two.
 *
 * A window is a vector, and so is each filter: all windows against all filters are one
 * matrix product, [O, C · k₁ · k₂] · [C · k₁ · k₂, o₁ · o₂], for which naive.ts has
 * seven loops.
 */
export function convolution(
  op: string,
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  options: ConvOptions,
): Tensor {
  const rank = weight.ndim - 2
  if (input.ndim === rank + 1) {
    return convolution(op, input.unsqueeze(0), weight, bias, options).squeeze(0)
  }
  const { groups = 1 } = options
  checkShapes(op, input, weight, bias, groups)
  const [outChannels, , ...sizes] = weight.shape
  const x = input.apply(windows(op, convWindow(op, sizes, options)))
  const counts = x.shape.slice(2, 2 + rank)
  const inside = sizes.map((_, n) => 2 + rank + n)
  const outside = sizes.map((_, n) => 2 + n)
  const columns = x
    .permute([0, 1, ...inside, ...outside])
    .reshape([input.shape[0], groups, weight.numel() / outChannels, sizeOf(counts)])
  const filters = weight.reshape([groups, outChannels / groups, columns.shape[2]])
  const y = filters.matmul(columns).reshape([input.shape[0], outChannels, ...counts])
  return bias ? y.add(bias.reshape([outChannels, ...sizes.map(() => 1)])) : y
}

/** How the filters of a convolution slide. */
export function convWindow(
  op: string,
  sizes: readonly number[],
  { stride = 1, padding = 0, dilation = 1 }: ConvOptions,
): Window {
  const rank = sizes.length
  const strides = perAxis(op, 'stride', stride, rank, 1)
  const dilations = perAxis(op, 'dilation', dilation, rank, 1)
  if (padding === 'same' && strides.some((step) => step !== 1)) {
    throw new ValueError(
      `${op}: padding 'same' keeps the size only with stride 1, not ${strides.join(', ')}`,
    )
  }
  const added = typeof padding === 'string' ? 0 : padding
  const amounts = perAxis(op, 'padding', added, rank, 0)
  return sizes.map((size, n) => {
    const missing = padding === 'same' ? dilations[n] * (size - 1) : 2 * amounts[n]
    const before = Math.floor(missing / 2)
    const after = missing - before
    return { size, stride: strides[n], dilation: dilations[n], before, after }
  })
}

function checkShapes(
  op: string,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  groups: number,
): void {
  const rank = weight.ndim - 2
  const [outChannels, channelsInGroup] = weight.shape
  if (x.ndim !== rank + 2) {
    throw new ShapeError(
      `${op}: the input must have ${rank + 2} axes [N, C, …], or ${rank + 1} for a ` +
        `single sample, not ${formatShape(x.shape)}`,
    )
  }
  if (!Number.isInteger(groups) || groups < 1 || outChannels % groups !== 0) {
    throw new ValueError(
      `${op}: ${groups} groups do not divide ${outChannels} output channels`,
    )
  }
  if (x.shape[1] !== channelsInGroup * groups) {
    throw new ShapeError(
      `${op}: the input has ${x.shape[1]} channels, the weight ` +
        `${formatShape(weight.shape)} with ${groups} groups is for ${channelsInGroup * groups}`,
    )
  }
  if (bias && (bias.ndim !== 1 || bias.shape[0] !== outChannels)) {
    throw new ShapeError(
      `${op}: the bias ${formatShape(bias.shape)} is not one number for each of ` +
        `${outChannels} output channels`,
    )
  }
}

/**
 * Slides filters along one axis: x is [N, C, L], weight [O, C / groups, k], y [N, O, L′].
 *
 * @throws ShapeError where channels differ, or no window fits.
 * @example
 * functional.conv1d(tensor([[1, 2, 3, 4]]), tensor([[[1, -1]]])) // → tensor([[-1., -1., -1.]])
 */
export function conv1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvOptions = {},
): Tensor {
  return convolution('conv1d', x, checkRank('conv1d', weight, 3), bias, options)
}

/**
 * Slides filters over images: x is [N, C, H, W], weight [O, C / groups, kH, kW], y
 * [N, O, H′, W′] (LeCun et al. 1989).
 *
 * @throws ShapeError where channels differ, or no window fits.
 * @example
 * functional.conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2])).flatten() // → tensor([4., 4., 4., 4.])
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvOptions = {},
): Tensor {
  return convolution('conv2d', x, checkRank('conv2d', weight, 4), bias, options)
}

/**
 * Slides filters through volumes: x is [N, C, D, H, W], weight [O, C / groups, kD, kH, kW].
 *
 * @throws ShapeError where channels differ, or no window fits.
 * @example
 * functional.conv3d(ones([1, 1, 2, 2, 2]), ones([1, 1, 2, 2, 2])).item() // → 8
 */
export function conv3d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvOptions = {},
): Tensor {
  return convolution('conv3d', x, checkRank('conv3d', weight, 5), bias, options)
}

function checkRank(op: string, weight: Tensor, rank: number): Tensor {
  if (weight.ndim === rank) return weight
  throw new ShapeError(
    `${op}: the weight must have ${rank} axes [out, in / groups, …], not ` +
      formatShape(weight.shape),
  )
}
