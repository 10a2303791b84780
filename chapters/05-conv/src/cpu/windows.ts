import { elements, type View } from '@deepdive/tensor'
import type { Window } from '../window.ts'
import { forEachStrip } from './strips.ts'

/** What lies beside x is not written: `out` comes as zeros. */
export function gatherWindows(x: View, window: Window, out: View): void {
  const from = elements(x)
  const to = elements(out)
  forEachStrip(x, out, window, (count, i, di, j, dj) => {
    for (; count > 0; count--, i += di, j += dj) to[j] = from[i]
  })
}

export function addWindows(windows: View, window: Window, x: View): void {
  const from = elements(windows)
  const to = elements(x)
  forEachStrip(x, windows, window, (count, i, di, j, dj) => {
    for (; count > 0; count--, i += di, j += dj) to[i] += from[j]
  })
}
