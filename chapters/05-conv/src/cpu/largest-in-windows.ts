import { elements, forEachRun, type View } from '@deepdive/tensor'
import type { Window } from '../window.ts'
import { forEachStrip } from './strips.ts'

const nowhere = -1

/**
 * Goes through the elements of a window, and keeps in `out` where the largest element
 * of each window stands, as far as it was seen:
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
  forEachStrip(x, stretched(out, window), window, (count, i, di, j, dj) => {
    for (; count > 0; count--, i += di, j += dj) {
      const best = places[j]
      if (best === nowhere || from[i] > from[best] || Number.isNaN(from[i])) {
        places[j] = i
      }
    }
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
