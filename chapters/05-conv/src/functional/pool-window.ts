import { type Shape, ValueError } from '@deepdive/tensor'
import {
  evenWindow,
  type PerAxis,
  perAxis,
  reach,
  type Window,
  type WindowAxis,
  type WindowOptions,
} from '../window.ts'

export interface PoolOptions {
  /** How far one window lies from the next. Default: the kernel size. */
  readonly stride?: PerAxis
  /** Elements imagined on both sides, at most half a kernel. Default: 0. */
  readonly padding?: PerAxis
  /** Whether a last window may reach over the end. Default: false. */
  readonly ceilMode?: boolean
}

/**
 * How the windows of a pooling slide, whatever the size of the input.
 *
 * @throws ValueError where a number makes no sense.
 */
export function slidingWindow(
  op: string,
  kernelSize: PerAxis,
  rank: number,
  options: PoolOptions & WindowOptions,
): Window {
  const sizes = perAxis(op, 'kernelSize', kernelSize, rank, 1)
  const slides = { ...options, stride: options.stride ?? sizes }
  const window = evenWindow(op, sizes, rank, slides)
  for (const { before, size } of window) {
    if (before > size / 2) throw tooMuchPadding(op, before, size)
  }
  return window
}

/** How they slide over axes of the given extents. */
export function poolWindow(
  op: string,
  extents: Shape,
  kernelSize: PerAxis,
  options: PoolOptions & WindowOptions,
): Window {
  const window = slidingWindow(op, kernelSize, extents.length, options)
  if (!options.ceilMode) return window
  return window.map((axis, n) => overhanging(axis, extents[n]))
}

/**
 * With as much room after the end as one more window needs, if the last would leave
 * elements out; but none may start beyond the end.
 */
function overhanging(axis: WindowAxis, extent: number): WindowAxis {
  const room = extent + axis.before + axis.after - reach(axis)
  const last = Math.ceil(room / axis.stride) * axis.stride
  if (last >= extent + axis.before) return axis
  return { ...axis, after: last + reach(axis) - extent - axis.before }
}

function tooMuchPadding(op: string, padding: number, size: number): ValueError {
  return new ValueError(
    `${op}: padding ${padding} is more than half the kernel of ${size}: a window ` +
      'could hold nothing but padding',
  )
}
