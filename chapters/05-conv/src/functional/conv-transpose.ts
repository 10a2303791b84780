import type { Tensor } from '@deepdive/autograd'
import { ShapeError, ValueError } from '@deepdive/tensor'
import { fusedConvolution, inputGradient } from '../ops/convolution.ts'
import { sumOfWindows } from '../ops/windows.ts'
import {
  evenWindow,
  type PerAxis,
  perAxis,
  reach,
  type Window,
  type WindowAxis,
  type WindowOptions,
} from '../window.ts'
import { batched } from './batched.ts'
import { scaleChannels } from './channels.ts'
import { channelMatrices, filterMatrices, fromColumns } from './columns.ts'
import { checkFilters } from './conv-check.ts'

export interface ConvTransposeOptions extends WindowOptions {
  /**
   * By how much the output is longer, on one side: a convolution with stride makes one
   * size of several, and this says which of them to go back to. Default: 0.
   */
  readonly outputPadding?: PerAxis
  /** Into how many groups the channels are divided, each on its own. Default: 1. */
  readonly groups?: number
}

/**
 * A convolution gathers windows and multiplies them by a matrix; its transpose, which
 * is also its gradient, multiplies by the transposed matrix and adds the windows up.
 * Each number of the input lays down a filter, so many times as large, on the output.
 */
function convolveTransposed(
  op: string,
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  options: ConvTransposeOptions,
  rank: number,
): Tensor {
  const { groups = 1 } = options
  checkFilters(op, rank, { input, weight, bias, groups, transposed: true })
  const sizes = weight.shape.slice(2)
  const window = transposeWindow(op, sizes, options)
  const kernels = fusedConvolution(input.device, window)
  return batched(op, input, rank, (x) => {
    const counts = x.shape.slice(2)
    const extents = counts.map((count, n) => transposedSize(op, window[n], count))
    if (kernels && x.numel() * weight.numel() > 0) {
      const sliding = { op, kernels, window, groups, extents }
      return scaleChannels(x.apply(inputGradient(sliding), weight), null, bias)
    }
    const filters = filterMatrices(weight, groups).transpose(1, 2)
    const columns = filters.matmul(channelMatrices(x, groups))
    const laid = fromColumns(columns, sizes, counts)
    return scaleChannels(laid.apply(sumOfWindows(op, window, extents)), null, bias)
  })
}

/** The window of the convolution that goes from output to input. */
export function transposeWindow(
  op: string,
  sizes: readonly number[],
  options: ConvTransposeOptions,
): Window {
  const { outputPadding = 0 } = options
  const longer = perAxis(op, 'outputPadding', outputPadding, sizes.length, 0)
  return evenWindow(op, sizes, sizes.length, options).map((axis, n) => {
    if (longer[n] < Math.max(axis.stride, axis.dilation)) {
      return { ...axis, after: axis.after - longer[n] }
    }
    throw new ValueError(
      `${op}: outputPadding ${longer[n]} must be less than the stride ${axis.stride} ` +
        `or the dilation ${axis.dilation}: beyond that, add a padding of zeros`,
    )
  })
}

/** The size of which a convolution makes `count`: windowCount the other way round. */
function transposedSize(op: string, axis: WindowAxis, count: number): number {
  const padding = axis.before + axis.after
  const size = (count - 1) * axis.stride + reach(axis) - padding
  if (size > 0) return size
  throw new ShapeError(
    `${op}: nothing is left of an axis of ${count}: windows lie over ` +
      `${size + padding} elements, and padding takes ${padding} away`,
  )
}

/**
 * The transpose of conv1d, which goes from its outputs to its inputs: x is [N, C, L] or
 * [C, L], weight [C, O / groups, k], bias [O], y [N, O, L′] with
 * L′ = (L − 1) · stride − 2 · padding + dilation · (k − 1) + outputPadding + 1.
 *
 * y[n, o, i · stride + p · dilation − padding] adds up w[c, o, p] · x[n, c, i].
 *
 * @throws ShapeError where channels differ, or nothing is left.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const weight = tensor([[[1, 10]]])
 * functional.convTranspose1d(tensor([[1, 2, 3]]), weight)
 * // → tensor([[ 1., 12., 23., 30.]])
 * functional.convTranspose1d(tensor([[1, 2, 3]]), weight, null, { stride: 2 })
 * // → tensor([[ 1., 10.,  2., 20.,  3., 30.]])
 */
export function convTranspose1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvTransposeOptions = {},
): Tensor {
  return convolveTransposed('convTranspose1d', x, weight, bias, options, 1)
}

/**
 * The transpose of conv2d, which makes images larger: x is [N, C, H, W] or [C, H, W],
 * weight [C, O / groups, kH, kW], bias [O], y [N, O, H′, W′], with sizes as in
 * convTranspose1d (Zeiler et al. 2010).
 *
 * @throws ShapeError where channels differ, or nothing is left.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const weight = ones([1, 1, 2, 2])
 * functional.convTranspose2d(tensor([[[1, 2]]]), weight, null, { stride: 2 })
 * // → tensor([[[1., 1., 2., 2.],
 * //            [1., 1., 2., 2.]]])
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvTransposeOptions = {},
): Tensor {
  return convolveTransposed('convTranspose2d', x, weight, bias, options, 2)
}
