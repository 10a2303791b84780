import { elements, type View } from '@deepdive/tensor'
import type { Scratch } from './scratch.ts'
import { copySpan, type Placed, spanOf } from './span.ts'

/** So many rows or columns, from one on. */
export type Range = readonly [start: number, count: number]

/** Cuts `count` rows or columns into ranges of at most `size`. */
export function* rangesOf(count: number, size: number): Generator<Range> {
  for (let start = 0; start < count; start += size) {
    yield [start, Math.min(size, count - start)]
  }
}

/** The part of a matrix in these rows and columns. */
export function part(x: View, [i, rows]: Range, [j, columns]: Range): View {
  const { storage, dtype, strides } = x
  const offset = x.offset + i * strides[0] + j * strides[1]
  return { storage, dtype, shape: [rows, columns], strides, offset }
}

/** The matrix with its axes exchanged. */
export function transposed(x: View): View {
  const { storage, dtype, shape, strides, offset } = x
  const turned = { shape: shape.toReversed(), strides: strides.toReversed() }
  return { storage, dtype, ...turned, offset }
}

/**
 * Copies a matrix to an address, where twice its size must be free: all that lies
 * between its first and its last number where that is not much more, else line by line
 * along the axis whose numbers are neighbours, else number by number.
 */
export function placeMatrix(scratch: Scratch, x: View, address: number): Placed {
  const [rows, columns] = x.shape
  if (spanOf(x).length <= 2 * rows * columns) return copySpan(scratch, x, address)
  if (x.strides[0] === 1) {
    const { at, steps } = placeMatrix(scratch, transposed(x), address)
    return { at, steps: steps.toReversed() }
  }
  if (x.strides[1] === 1) copyRows(scratch, x, address)
  else copySingly(scratch, x, address)
  return { at: address, steps: [4 * columns, 4] }
}

/** Copies rows that lie at an address, one after another, to a matrix with such rows. */
export function readRows(scratch: Scratch, address: number, to: View): void {
  const [rows, columns] = to.shape
  if (to.strides[0] === columns) {
    scratch.read(address, rows * columns, elements(to), to.offset)
    return
  }
  for (let i = 0; i < rows; i++) {
    const at = address + 4 * i * columns
    scratch.read(at, columns, elements(to), to.offset + i * to.strides[0])
  }
}

function copyRows(scratch: Scratch, x: View, address: number): void {
  const [rows, columns] = x.shape
  for (let i = 0; i < rows; i++) {
    const from = x.offset + i * x.strides[0]
    scratch.write(elements(x), from, columns, address + 4 * i * columns)
  }
}

function copySingly(scratch: Scratch, x: View, address: number): void {
  const values = elements(x)
  const heap = scratch.heapOf(values)
  const [rows, columns] = x.shape
  let to = address / 4
  for (let i = 0; i < rows; i++) {
    let at = x.offset + i * x.strides[0]
    for (let j = 0; j < columns; j++, at += x.strides[1]) heap[to++] = values[at]
  }
}
