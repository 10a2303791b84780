import { elements, type View } from '@deepdive/tensor'
import type { Scratch } from './scratch.ts'

/** A matrix in the scratch memory: steps are in bytes, and may be 0 or negative. */
export interface Placed {
  readonly at: number
  readonly steps: readonly number[]
}

/** The stretch of memory, in elements, from a view's first element to its last. */
export interface Span {
  readonly start: number
  readonly length: number
}

/** What has to be copied so that all elements of a view are there. */
export function spanOf({ shape, strides, offset }: View): Span {
  let [start, end] = [offset, offset]
  for (let axis = 0; axis < shape.length; axis++) {
    const reach = strides[axis] * (shape[axis] - 1)
    if (reach < 0) start += reach
    else end += reach
  }
  return { start, length: end - start + 1 }
}

/**
 * Copies what lies between the first and the last element of a view to an address. The
 * steps of the view are those of the copy: nothing moves within.
 */
export function copySpan(scratch: Scratch, view: View, address: number): Placed {
  const values = elements(view)
  const { start, length } = spanOf(view)
  scratch.write(values, start, length, address)
  const size = values.BYTES_PER_ELEMENT
  return {
    at: address + (view.offset - start) * size,
    steps: view.strides.map((stride) => stride * size),
  }
}
