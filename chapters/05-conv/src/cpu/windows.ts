import { elements, forEachLane, type TypedArray, type View } from '@deepdive/tensor'
import type { Window, WindowAxis } from '../window.ts'

/**
 *     x      · · a b c d e · ·       size 2, dilation 2, stride 1, two before and after
 *            └───┘                   window 0 holds · a
 *              └───┘                 window 1 holds · b
 *                └───┘               window 2 holds a c, and so on to window 6: e ·
 */
export function gatherWindows(x: View, window: Window, fill: number, out: View): void {
  const from = elements(x)
  const to = elements(out)
  forEachLine(x, out, window, (axis, atX, atOut) => {
    gatherLine(axis, from, atX, to, atOut, fill)
  })
}

export function addWindows(windows: View, window: Window, x: View): void {
  const from = elements(windows)
  const to = elements(x)
  forEachLine(x, windows, window, (axis, atX, atOut) => {
    if (atX !== undefined) addLine(axis, from, atOut, to, atX)
  })
}

/** A window's axis, with the steps from one element to the next in both arrays. */
export interface Axis extends WindowAxis {
  /** How many elements x has. */
  readonly extent: number
  /** How many windows there are. */
  readonly count: number
  readonly stepX: number
  readonly stepOut: number
  readonly stepInside: number
  /** For each element of a window, the windows that have it in x and not beside it. */
  readonly inside: readonly Range[]
}

interface Range {
  readonly first: number
  readonly end: number
}

/**
 * What is done for all windows along the last axis: they start at `atX` in x, or lie
 * beside it where that is undefined, and at `atOut` in the array of windows.
 */
export type Line = (axis: Axis, atX: number | undefined, atOut: number) => void

export function forEachLine(x: View, windows: View, window: Window, line: Line): void {
  const lead = x.shape.length - window.length
  const axes = window.map((_, n) => axisOf(x, windows, window, n))
  forEachLane([planes(x, lead), planes(windows, lead)], ([atX, atOut]) => {
    walk(axes, 0, atX, atOut, line)
  })
}

/** Goes through all axes but the last, which is left to `line`. */
function walk(
  axes: readonly Axis[],
  depth: number,
  atX: number | undefined,
  atOut: number,
  line: Line,
): void {
  const axis = axes[depth]
  if (depth === axes.length - 1) {
    line(axis, atX, atOut)
    return
  }
  for (let o = 0; o < axis.count; o++) {
    for (let k = 0; k < axis.size; k++) {
      const { first, end } = axis.inside[k]
      const inside = atX !== undefined && o >= first && o < end
      const below = inside ? atX + place(axis, o, k) * axis.stepX : undefined
      const start = atOut + o * axis.stepOut + k * axis.stepInside
      walk(axes, depth + 1, below, start, line)
    }
  }
}

function gatherLine(
  axis: Axis,
  from: TypedArray,
  atX: number | undefined,
  to: TypedArray,
  atOut: number,
  fill: number,
): void {
  const { count, stepOut } = axis
  const di = axis.stride * axis.stepX
  for (let k = 0; k < axis.size; k++) {
    const { first, end } = atX === undefined ? nowhere(count) : axis.inside[k]
    let i = (atX ?? 0) + place(axis, first, k) * axis.stepX
    let j = atOut + k * axis.stepInside
    let o = 0
    for (; o < first; o++, j += stepOut) to[j] = fill
    for (; o < end; o++, j += stepOut, i += di) to[j] = from[i]
    for (; o < count; o++, j += stepOut) to[j] = fill
  }
}

function addLine(
  axis: Axis,
  from: TypedArray,
  atOut: number,
  to: TypedArray,
  atX: number,
): void {
  const { stepOut } = axis
  const di = axis.stride * axis.stepX
  for (let k = 0; k < axis.size; k++) {
    const { first, end } = axis.inside[k]
    let i = atX + place(axis, first, k) * axis.stepX
    let j = atOut + first * stepOut + k * axis.stepInside
    for (let o = first; o < end; o++, j += stepOut, i += di) to[i] += from[j]
  }
}

function nowhere(count: number): Range {
  return { first: count, end: count }
}

/** Where the k-th element of window o lies along an axis of x. */
export function place(
  { stride, dilation, before }: WindowAxis,
  o: number,
  k: number,
): number {
  return o * stride + k * dilation - before
}

function axisOf(x: View, windows: View, window: Window, n: number): Axis {
  const rank = window.length
  const lead = x.shape.length - rank
  const axis = {
    ...window[n],
    extent: x.shape[lead + n],
    count: windows.shape[lead + n],
    stepX: x.strides[lead + n],
    stepOut: windows.strides[lead + n],
    stepInside: windows.strides[lead + rank + n],
  }
  const inside = Array.from({ length: axis.size }, (_, k) => insideRange(axis, k))
  return { ...axis, inside }
}

/** The windows o with 0 ≤ place(o, k) < extent. */
function insideRange(axis: Omit<Axis, 'inside'>, k: number): Range {
  const notBelow = (limit: number) => {
    const o = Math.ceil((limit - place(axis, 0, k)) / axis.stride)
    return Math.min(Math.max(o, 0), axis.count)
  }
  return { first: notBelow(0), end: notBelow(axis.extent) }
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
