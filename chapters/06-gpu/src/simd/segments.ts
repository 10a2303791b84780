import { elements, sizeOf, type View } from '@deepdive/tensor'
import { nestOf } from './nest.ts'
import type { Scratch } from './scratch.ts'

/** A row of a view as stretches of evenly spaced numbers: where they start, from it. */
export interface Segments {
  readonly starts: readonly number[]
  readonly length: number
  readonly step: number
}

/**
 * How the last `axes` axes of views of one shape, which make a row, lie in each: in
 * segments of one length, which hold the same numbers of the row in all of them.
 */
export function segmentsOf(views: readonly View[], axes: number): Segments[] {
  const { shape, strides } = nestOf(views.map((view) => lastAxes(view, axes)))
  const last = shape.length - 1
  const outer = shape.slice(0, last)
  return strides.map((of) => ({
    starts: placesOf(outer, of),
    length: shape[last],
    step: of[last],
  }))
}

function lastAxes(
  { storage, dtype, shape, strides, offset }: View,
  axes: number,
): View {
  const lead = shape.length - axes
  return {
    storage,
    dtype,
    shape: shape.slice(lead),
    strides: strides.slice(lead),
    offset,
  }
}

/** Where the elements lie, from the first one, in row-major order. */
function placesOf(shape: readonly number[], strides: readonly number[]): number[] {
  const places = new Array<number>(sizeOf(shape)).fill(0)
  let every = places.length
  for (const [axis, extent] of shape.entries()) {
    every /= extent
    for (let n = 0; n < places.length; n++) {
      places[n] += (Math.floor(n / every) % extent) * strides[axis]
    }
  }
  return places
}

/** Copies the row that begins at `at` to an address. */
export function writeRow(
  scratch: Scratch,
  view: View,
  at: number,
  { starts, length, step }: Segments,
  address: number,
): void {
  const values = elements(view)
  const heap = scratch.heapOf(values)
  let to = address / 4
  for (const start of starts) {
    let from = at + start
    if (step === 1) scratch.write(values, from, length, 4 * to)
    else for (let i = 0; i < length; i++, from += step) heap[to + i] = values[from]
    to += length
  }
}

/** Copies what lies at an address to the row that begins at `at`. */
export function readRow(
  scratch: Scratch,
  address: number,
  view: View,
  at: number,
  { starts, length, step }: Segments,
): void {
  const values = elements(view)
  const heap = scratch.heapOf(values)
  let from = address / 4
  for (const start of starts) {
    let to = at + start
    if (step === 1) scratch.read(4 * from, length, values, to)
    else for (let i = 0; i < length; i++, to += step) values[to] = heap[from + i]
    from += length
  }
}
