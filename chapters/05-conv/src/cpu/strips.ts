import { forEachLane, type View } from '@deepdive/tensor'
import type { Window, WindowAxis } from '../window.ts'

/** `count` numbers: from i on, di apart, in x, and from j on, dj apart, in windows. */
export type Strip = (
  count: number,
  i: number,
  di: number,
  j: number,
  dj: number,
) => void

/**
 * Walks through all numbers that x and the windows on it share. Along an axis, the k-th
 * elements of all windows are evenly spaced, in x and among the windows: a strip.
 *
 *     x      · · a b c d e · ·       size 2, dilation 2, stride 1, two before and after
 *            └───┘                   window 0 holds · a
 *              └───┘                 window 1 holds · b
 *                └───┘               window 2 holds a c, and so on to window 6: e ·
 *
 *     k = 0  a b c d e               in windows 2 to 6: the others have it beside x
 *     k = 1  a b c d e               in windows 0 to 4
 */
export function forEachStrip(
  x: View,
  windows: View,
  window: Window,
  visit: Strip,
): void {
  const lead = x.shape.length - window.length
  const axes = window.map((_, n) => axisOf(x, windows, window, n))
  forEachLane([planes(x, lead), planes(windows, lead)], ([i, j]) => {
    walk(axes, 0, i, j, visit)
  })
}

/** The steps from one window to the next, in both arrays, and the strips there are. */
interface Axis {
  readonly di: number
  readonly dj: number
  /** For each element of a window: how many windows have it in x, from where on. */
  readonly strips: readonly { count: number; i: number; j: number }[]
}

/** The strips of the last axis, for each of those of the axes before it. */
function walk(
  axes: readonly Axis[],
  depth: number,
  i: number,
  j: number,
  visit: Strip,
): void {
  const { di, dj, strips } = axes[depth]
  for (const strip of strips) {
    let [atX, atWindow] = [i + strip.i, j + strip.j]
    if (depth === axes.length - 1) {
      visit(strip.count, atX, di, atWindow, dj)
      continue
    }
    for (let o = 0; o < strip.count; o++, atX += di, atWindow += dj) {
      walk(axes, depth + 1, atX, atWindow, visit)
    }
  }
}

function axisOf(x: View, windows: View, window: Window, n: number): Axis {
  const axis = window[n]
  const rank = window.length
  const dim = x.shape.length - rank + n
  const dj = windows.strides[dim]
  const strips = Array.from({ length: axis.size }, (_, k) => {
    const { first, end } = inside(axis, k, x.shape[dim], windows.shape[dim])
    return {
      count: end - first,
      i: place(axis, first, k) * x.strides[dim],
      j: first * dj + k * windows.strides[dim + rank],
    }
  })
  return { di: axis.stride * x.strides[dim], dj, strips }
}

/** Where the k-th element of window o lies along an axis of x. */
function place({ stride, dilation, before }: WindowAxis, o: number, k: number): number {
  return o * stride + k * dilation - before
}

/** The windows o with 0 ≤ place(o, k) < extent. */
function inside(axis: WindowAxis, k: number, extent: number, count: number) {
  const notBelow = (limit: number) => {
    const o = Math.ceil((limit - place(axis, 0, k)) / axis.stride)
    return Math.min(Math.max(o, 0), count)
  }
  return { first: notBelow(0), end: notBelow(extent) }
}

/** Each plane that the window slides over as a lane: all axes before lead to it. */
function planes({ storage, dtype, shape, strides, offset }: View, lead: number): View {
  return {
    storage,
    dtype,
    shape: [...shape.slice(0, lead), 1],
    strides: [...strides.slice(0, lead), 0],
    offset,
  }
}
