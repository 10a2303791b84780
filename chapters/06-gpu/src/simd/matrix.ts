import { elements, type View } from '@deepdive/tensor'
import type { Scratch } from './scratch.ts'
import { copySpan, type Placed, spanOf } from './span.ts'

type Range = readonly [start: number, length: number]

/** The part of a matrix in these rows and columns. */
export function part(
  { storage, dtype, strides, offset }: View,
  [i, rows]: Range,
  [j, columns]: Range,
): View {
  const at = offset + i * strides[0] + j * strides[1]
  return { storage, dtype, shape: [rows, columns], strides, offset: at }
}

/**
 * Copies a matrix to an address where twice its size is free: all that lies between its
 * first and its last number where that is not much more, else line by line along the
 * axis whose numbers are neighbours, else number by number.
 */
export function copyMatrix(scratch: Scratch, view: View, address: number): Placed {
  const [rows, columns] = view.shape
  if (spanOf(view).length <= 2 * rows * columns) return copySpan(scratch, view, address)
  const [stepI, stepJ] = view.strides
  if (stepJ === 1) {
    copyLines(scratch, view, rows, stepI, columns, address)
    return { at: address, steps: [4 * columns, 4] }
  }
  if (stepI === 1) {
    copyLines(scratch, view, columns, stepJ, rows, address)
    return { at: address, steps: [4, 4 * rows] }
  }
  const values = elements(view)
  const heap = scratch.heapOf(values)
  let to = address / 4
  for (let i = 0; i < rows; i++) {
    let at = view.offset + i * stepI
    for (let j = 0; j < columns; j++, at += stepJ) heap[to++] = values[at]
  }
  return { at: address, steps: [4 * columns, 4] }
}

function copyLines(
  scratch: Scratch,
  view: View,
  lines: number,
  step: number,
  length: number,
  address: number,
): void {
  for (let line = 0; line < lines; line++) {
    const from = view.offset + line * step
    scratch.write(elements(view), from, length, address + 4 * line * length)
  }
}
