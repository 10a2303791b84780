import { elements, forEachRun, type TypedArray, type View } from '@deepdive/tensor'
import type { Window } from '../window.ts'
import { type Axis, forEachLine, place } from './windows.ts'

const nowhere = -1

/**
 * Goes through lines of windows as gatherWindows does, and keeps in `out` where the
 * largest element of each window stands, as far as it was seen:
 *
 *     x      3 1 4 1 5 9        size 3, stride 1
 *     k = 0  0 1 2 3            the first element of each window …
 *     k = 1  0 2 2 4            … or its second, if that is larger …
 *     k = 2  2 2 4 5            … or its third
 */
export function largestInWindows(x: View, window: Window, out: View): void {
  const from = elements(x)
  const places = elements(out)
  forEachRun([out], (length, [at], [step]) => {
    for (; length > 0; length--, at += step) places[at] = nowhere
  })
  forEachLine(x, stretched(out, window), window, (axis, atX, atOut) => {
    if (atX !== undefined) keepLargest(axis, from, atX, places, atOut)
  })
  const plane = x.shape.slice(-window.length).reduce((size, extent) => size * extent, 1)
  forEachRun([out], (length, [at], [step]) => {
    for (; length > 0; length--, at += step) {
      if (places[at] !== nowhere) places[at] = (places[at] - x.offset) % plane
    }
  })
}

/** All elements of a window meet in its one place. */
function stretched({ storage, dtype, shape, strides, offset }: View, window: Window) {
  return {
    storage,
    dtype,
    shape: [...shape, ...window.map(({ size }) => size)],
    strides: [...strides, ...window.map(() => 0)],
    offset,
  }
}

function keepLargest(
  axis: Axis,
  from: TypedArray,
  atX: number,
  places: TypedArray,
  atOut: number,
): void {
  const { stepOut } = axis
  const di = axis.stride * axis.stepX
  for (let k = 0; k < axis.size; k++) {
    const { first, end } = axis.inside[k]
    let i = atX + place(axis, first, k) * axis.stepX
    let j = atOut + first * stepOut
    for (let o = first; o < end; o++, i += di, j += stepOut) {
      const best = places[j]
      if (best === nowhere || from[i] > from[best] || Number.isNaN(from[i])) {
        places[j] = i
      }
    }
  }
}
