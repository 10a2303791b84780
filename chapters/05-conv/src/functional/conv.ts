import type { Tensor } from '@deepdive/autograd'
import { ValueError } from '@deepdive/tensor'
import { convolution, fusedConvolution } from '../ops/convolution.ts'
import { windows } from '../ops/windows.ts'
import { evenWindow, type PerAxis, type Window, type WindowOptions } from '../window.ts'
import { batched } from './batched.ts'
import { scaleChannels } from './channels.ts'
import { filterMatrices, toColumns } from './columns.ts'
import { checkFilters } from './conv-check.ts'

export interface ConvOptions extends Omit<WindowOptions, 'padding'> {
  /**
   * Zeros imagined on both sides of each axis; 'valid' is none, 'same' as many as keep
   * the size, the odd one behind (only for stride 1). Default: 0.
   */
  readonly padding?: PerAxis | 'same' | 'valid'
  /** Into how many groups the channels are divided, each on its own. Default: 1. */
  readonly groups?: number
}

/**
 * A window is a vector, and so is each filter: all filters against all windows are one
 * matrix product, [O, C · k₁ · k₂] · [C · k₁ · k₂, o₁ · o₂], for which naive.ts has
 * seven loops. Groups are a batch of smaller ones.
 */
function convolve(
  op: string,
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  options: ConvOptions,
  rank: number,
): Tensor {
  const { groups = 1 } = options
  checkFilters(op, rank, { input, weight, bias, groups, transposed: false })
  const [outChannels, , ...sizes] = weight.shape
  const window = convWindow(op, sizes, options)
  const kernels = fusedConvolution(input.device, window)
  return batched(op, input, rank, (x) => {
    if (kernels && x.numel() * weight.numel() > 0) {
      const sliding = { op, kernels, window, groups, extents: x.shape.slice(2) }
      return x.apply(convolution(sliding), weight, ...(bias ? [bias] : []))
    }
    const found = x.apply(windows(op, window))
    const columns = toColumns(found, groups)
    const filters = filterMatrices(weight, groups)
    const counts = found.shape.slice(2, 2 + rank)
    const y = filters.matmul(columns).reshape([x.shape[0], outChannels, ...counts])
    return scaleChannels(y, null, bias)
  })
}

/** How filters of these sizes slide. */
export function convWindow(
  op: string,
  sizes: readonly number[],
  options: ConvOptions,
): Window {
  const { padding = 0 } = options
  const numeric = typeof padding === 'string' ? 0 : padding
  const window = evenWindow(op, sizes, sizes.length, { ...options, padding: numeric })
  if (numeric === padding || padding === 'valid') return window
  if (padding !== 'same') {
    throw new ValueError(`${op}: padding '${padding}' is neither 'same' nor 'valid'`)
  }
  return window.map((axis) => {
    if (axis.stride !== 1) {
      throw new ValueError(
        `${op}: padding 'same' keeps the size with stride 1 only, not ${axis.stride}`,
      )
    }
    const missing = axis.dilation * (axis.size - 1)
    const before = Math.floor(missing / 2)
    return { ...axis, before, after: missing - before }
  })
}

/**
 * Slides filters along one axis: x is [N, C, L] or [C, L], weight [O, C / groups, k],
 * bias [O], y [N, O, L′] with
 * L′ = ⌊(L + 2 · padding − dilation · (k − 1) − 1) / stride⌋ + 1.
 *
 * y[n, o, i] = b[o] + Σ w[o, c, p] · x[n, c, i · stride + p · dilation − padding] over
 * c and p: strictly a correlation, as a convolution would read the filter backwards.
 *
 * @throws ShapeError where channels differ, or no window fits.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const change = tensor([[[-1, 1]]])
 * functional.conv1d(tensor([[1, 2, 4, 8]]), change) // → tensor([[1., 2., 4.]])
 */
export function conv1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvOptions = {},
): Tensor {
  return convolve('conv1d', x, weight, bias, options, 1)
}

/**
 * Slides filters over images: x is [N, C, H, W] or [C, H, W], weight
 * [O, C / groups, kH, kW], bias [O], y [N, O, H′, W′], with sizes as in conv1d
 * (LeCun et al. 1989).
 *
 * y[n, o, i, j] = b[o] + Σ w[o, c, p, q] · x[n, c, i · stride + p · dilation − padding,
 * j · stride + q · dilation − padding] over c, p and q.
 *
 * @throws ShapeError where channels differ, or no window fits.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const blur = full([1, 1, 3, 3], 1 / 9)
 * functional.conv2d(eye(3).mul(9).unsqueeze(0), blur, null, { padding: 'same' })
 * // → tensor([[[2., 2., 1.],
 * //            [2., 3., 2.],
 * //            [1., 2., 2.]]])
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvOptions = {},
): Tensor {
  return convolve('conv2d', x, weight, bias, options, 2)
}

/**
 * Slides filters through volumes, or through the frames of a film: x is [N, C, D, H, W]
 * or [C, D, H, W], weight [O, C / groups, kD, kH, kW], bias [O], y [N, O, D′, H′, W′].
 *
 * @throws ShapeError where channels differ, or no window fits.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const weight = ones([2, 1, 3, 3, 3])
 * functional.conv3d(ones([1, 3, 3, 3]), weight, tensor([0, 1])).flatten()
 * // → tensor([27., 28.])
 */
export function conv3d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvOptions = {},
): Tensor {
  return convolve('conv3d', x, weight, bias, options, 3)
}
