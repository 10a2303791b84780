import { type Tensor, tensor } from '@deepdive/autograd'
import { ValueError } from '@deepdive/tensor'
import { windows } from '../ops/windows.ts'
import { type PerAxis, type Window, type WindowAxis, windowCount } from '../window.ts'
import { batched } from './batched.ts'
import { type PoolOptions, poolWindow } from './pool-window.ts'

export interface AvgPoolOptions extends PoolOptions {
  /** Whether zeros imagined around x count as elements. Default: true. */
  readonly countIncludePad?: boolean
}

export interface AvgPool2dOptions extends AvgPoolOptions {
  /** What to divide each sum by, instead of the number of elements. Default: null. */
  readonly divisorOverride?: number | null
}

function avgPool(
  op: string,
  x: Tensor,
  rank: number,
  kernelSize: PerAxis,
  options: AvgPool2dOptions,
): Tensor {
  const { countIncludePad = true, divisorOverride = null } = options
  checkDivisor(op, divisorOverride)
  return batched(op, x, rank, (x) => {
    const extents = x.shape.slice(2)
    const window = poolWindow(op, extents, kernelSize, options)
    const sums = window.reduce((y, axis, n) => sumAlong(op, y, rank, n, axis), x)
    if (divisorOverride !== null) return sums.div(divisorOverride)
    return counts(op, window, extents, countIncludePad).reduce((y, count, n) => {
      const along = extents.map((_, axis) => (axis === n ? count.length : 1))
      return y.div(tensor(count, along, { device: x.device }))
    }, sums)
  })
}

const one: WindowAxis = { size: 1, stride: 1, dilation: 1, before: 0, after: 0 }

/**
 * The sum of each window of a single axis: taken along one axis after the other, k + k
 * numbers stand for the k · k of a whole window.
 */
function sumAlong(
  op: string,
  x: Tensor,
  rank: number,
  along: number,
  axis: WindowAxis,
): Tensor {
  const window = Array.from({ length: rank }, (_, n) => (n === along ? axis : one))
  return x.apply(windows(op, window)).sum(window.map((_, n) => n - rank))
}

/**
 * How many elements each window has along each axis: all of them, except for what
 * reaches over the end beyond any padding and, if padding does not count, for that.
 */
function counts(
  op: string,
  window: Window,
  extents: readonly number[],
  countIncludePad: boolean,
): Float32Array[] {
  const along = (axis: WindowAxis, extent: number) => {
    const start = countIncludePad ? -axis.before : 0
    const end = countIncludePad ? extent + axis.before : extent
    return Float32Array.from({ length: windowCount(op, axis, extent) }, (_, o) => {
      const first = o * axis.stride - axis.before
      return Math.min(first + axis.size, end) - Math.max(first, start)
    })
  }
  return window.map((axis, n) => along(axis, extents[n]))
}

/** @throws ValueError where one cannot divide by it. */
export function checkDivisor(op: string, divisor: number | null): void {
  if (divisor === null || (Number.isFinite(divisor) && divisor !== 0)) return
  throw new ValueError(
    `${op}: divisorOverride ${divisor} must be a number other than 0`,
  )
}

/**
 * y[n, c, i] = Σ over k of x[n, c, i · s + k − pad] / k, of [N, C, L] or [C, L].
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where the padding is more than half a kernel.
 * @example
 * functional.avgPool1d(tensor([[1, 5, 2, 4]]), 2) // → tensor([[3., 3.]])
 */
export function avgPool1d(
  x: Tensor,
  kernelSize: PerAxis,
  options: AvgPoolOptions = {},
): Tensor {
  return avgPool('avgPool1d', x, 1, kernelSize, options)
}

/**
 * The mean of each window of an image, [N, C, H, W] or [C, H, W]: zeros in the padding
 * count unless `countIncludePad` is false; what reaches beyond that never does.
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where the padding is more than half a kernel, or the divisor 0.
 * @example
 * functional.avgPool2d(tensor([[[1, 2], [4, 5]]]), 2) // → tensor([[[3.]]])
 */
export function avgPool2d(
  x: Tensor,
  kernelSize: PerAxis,
  options: AvgPool2dOptions = {},
): Tensor {
  return avgPool('avgPool2d', x, 2, kernelSize, options)
}
