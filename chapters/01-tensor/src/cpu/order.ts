import type { View } from '../device.ts'
import { elements, forEachLane } from './walk.ts'

export function cumsum(x: View, out: View): void {
  const from = elements(x)
  const to = elements(out)
  const last = x.shape.length - 1
  forEachLane([x, out], ([i, k]) => {
    let total = 0
    for (let count = x.shape[last]; count > 0; count--) {
      total += from[i]
      to[k] = total
      i += x.strides[last]
      k += out.strides[last]
    }
  })
}

export function argsort(x: View, out: View): void {
  const from = elements(x)
  const to = elements(out)
  const last = x.shape.length - 1
  const places = new Int32Array(x.shape[last])
  forEachLane([x, out], ([i, k]) => {
    for (let n = 0; n < places.length; n++) places[n] = n
    const value = (place: number) => from[i + place * x.strides[last]]
    places.sort((a, b) => ascending(value(a), value(b)))
    for (const place of places) {
      to[k] = place
      k += out.strides[last]
    }
  })
}

/** NaN counts as larger than any number, so that it comes last. */
function ascending(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : Number(Number.isNaN(a)) - Number(Number.isNaN(b))
}
