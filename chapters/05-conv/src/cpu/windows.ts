import { elements, forEachLane, type TypedArray, type View } from '@deepdive/tensor'
import type { Window, WindowAxis } from '../window.ts'

/** A window's axis, with the steps from one element to the next in both arrays. */
interface Axis extends WindowAxis {
  readonly extent: number
  readonly count: number
  readonly stepX: number
  readonly stepOut: number
  readonly stepInside: number
}

/**
 * Visits a line of windows: their k-th elements lie in x at `atX`, or nowhere where that
 * is undefined, and in the array of windows at `atOut`.
 */
type Line = (axis: Axis, atX: number | undefined, atOut: number) => void

/**
 *     x      · · a b c d e · ·       size 3, dilation 2, stride 1, two before and after
 *            └─┴─┘                   window 0 holds · a c … with the gaps left out
 *              └─┴─┘                 window 1 holds · b d …
 */
export function gatherWindows(x: View, window: Window, fill: number, out: View): void {
  const from = elements(x)
  const to = elements(out)
  forEachLine(x, out, window, (axis, atX, atOut) => {
    gatherLine(axis, from, atX, to, atOut, fill)
  })
}

export function addWindows(windows: View, window: Window, out: View): void {
  const from = elements(windows)
  const to = elements(out)
  forEachLine(out, windows, window, (axis, atX, atOut) => {
    if (atX !== undefined) addLine(axis, from, atOut, to, atX)
  })
}

function forEachLine(x: View, windows: View, window: Window, line: Line): void {
  const rank = window.length
  const lead = x.shape.length - rank
  const axes = window.map((axis, n) => ({
    ...axis,
    extent: x.shape[lead + n],
    count: windows.shape[lead + n],
    stepX: x.strides[lead + n],
    stepOut: windows.strides[lead + n],
    stepInside: windows.strides[lead + rank + n],
  }))
  forEachLane(
    [x, windows].map((view) => planes(view, lead)),
    ([atX, atOut]) => {
      walk(axes, atX, atOut, line)
    },
  )
}

/** Goes through all axes but the last, which is left to `line`. */
function walk(
  axes: readonly Axis[],
  x: number | undefined,
  out: number,
  line: Line,
): void {
  const [axis, ...inner] = axes
  if (inner.length === 0) {
    line(axis, x, out)
    return
  }
  for (let o = 0; o < axis.count; o++) {
    for (let k = 0; k < axis.size; k++) {
      const place = o * axis.stride - axis.before + k * axis.dilation
      const inside = x !== undefined && place >= 0 && place < axis.extent
      const atX = inside ? x + place * axis.stepX : undefined
      walk(inner, atX, out + o * axis.stepOut + k * axis.stepInside, line)
    }
  }
}

/** The windows o of a line whose k-th element is in x: from `first` up to `end`. */
function insideRange(axis: Axis, k: number): { first: number; end: number } {
  const start = k * axis.dilation - axis.before
  const first = Math.max(0, Math.ceil(-start / axis.stride))
  const end = Math.min(axis.count, Math.ceil((axis.extent - start) / axis.stride))
  return { first: Math.min(first, axis.count), end: Math.max(first, end) }
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
  for (let k = 0; k < axis.size; k++) {
    const { first, end } =
      atX === undefined ? { first: count, end: count } : insideRange(axis, k)
    const start = atOut + k * axis.stepInside
    let i =
      (atX ?? 0) + (first * axis.stride + k * axis.dilation - axis.before) * axis.stepX
    const di = axis.stride * axis.stepX
    for (let o = 0; o < first; o++) to[start + o * stepOut] = fill
    for (let o = first; o < end; o++, i += di) to[start + o * stepOut] = from[i]
    for (let o = end; o < count; o++) to[start + o * stepOut] = fill
  }
}

function addLine(
  axis: Axis,
  from: TypedArray,
  atWindows: number,
  to: TypedArray,
  atX: number,
): void {
  const { stepOut } = axis
  for (let k = 0; k < axis.size; k++) {
    const { first, end } = insideRange(axis, k)
    const start = atWindows + k * axis.stepInside
    let i = atX + (first * axis.stride + k * axis.dilation - axis.before) * axis.stepX
    const di = axis.stride * axis.stepX
    for (let o = first; o < end; o++, i += di) to[i] += from[start + o * stepOut]
  }
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
