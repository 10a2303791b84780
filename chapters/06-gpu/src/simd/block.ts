import { elements, forEachLane, type View } from '@deepdive/tensor'
import { nestOf } from './nest.ts'
import type { Scratch } from './scratch.ts'

/** So many numbers at a time: what is read and written stays in the nearest cache. */
export const blockSize = 4096

/** Rows of numbers, which are side by side in the last of some views. */
export interface Block {
  readonly rows: number
  readonly columns: number
  /** Where each view has the first number. */
  readonly at: readonly number[]
  /** How far, in each view, the next row lies, and the next number of a row. */
  readonly steps: readonly (readonly [row: number, column: number])[]
}

/**
 * Cuts views of one shape into blocks of at most `most` numbers. False, and nothing
 * done, where they do not lie in rows: in the last, the numbers of a row must lie side
 * by side, and in the others so, or all be one.
 */
export function forEachBlock(
  views: readonly View[],
  most: number,
  visit: (block: Block) => void,
): boolean {
  const { shape, strides } = nestOf(views)
  const last = shape.length - 1
  const columns = shape[last]
  const to = strides[views.length - 1]
  if (to[last] !== 1 || !strides.every((of) => of[last] === 1 || of[last] === 0))
    return false
  const rows = last > 0 && to[last - 1] === columns ? shape[last - 1] : 1
  const outer = shape.slice(0, rows > 1 ? last - 1 : last)
  const steps = strides.map((of) => [rows > 1 ? of[last - 1] : 0, of[last]] as const)
  const tall = Math.min(rows, Math.max(1, Math.floor(most / columns)))
  const wide = Math.min(columns, most)
  forEachLane(lanesOf(views, outer, strides), (start) => {
    for (let row = 0; row < rows; row += tall) {
      for (let column = 0; column < columns; column += wide) {
        visit({
          rows: Math.min(tall, rows - row),
          columns: Math.min(wide, columns - column),
          at: start.map((at, v) => at + row * steps[v][0] + column * steps[v][1]),
          steps,
        })
      }
    }
  })
  return true
}

/** The outer loops of a nest, as the leading axes of views. */
function lanesOf(
  views: readonly View[],
  outer: readonly number[],
  strides: readonly (readonly number[])[],
): View[] {
  return views.map(({ storage, dtype, offset }, v) => {
    const lead = strides[v].slice(0, outer.length)
    return { storage, dtype, shape: [...outer, 1], strides: [...lead, 0], offset }
  })
}

/** An operand of a block in the scratch memory; steps are in bytes. */
export interface PlacedRows {
  /** How far the next row lies: 0 where all are the same. */
  readonly row: number
  /** How far the next four numbers of a row lie: 0 where all of a row is one. */
  readonly step: number
}

/** Copies what a block needs of its v-th view to an address. */
export function placeRows(
  scratch: Scratch,
  view: View,
  { rows, columns, at, steps }: Block,
  v: number,
  address: number,
): PlacedRows {
  const [row, column] = steps[v]
  const values = elements(view)
  const size = values.BYTES_PER_ELEMENT
  const count = row === 0 ? 1 : rows
  const width = column === 0 ? 1 : columns
  if (count === 1 || row === width) {
    scratch.write(values, at[v], count * width, address)
  } else if (width === 1) {
    const heap = scratch.heapOf(values)
    for (let r = 0; r < count; r++) heap[address / size + r] = values[at[v] + r * row]
  } else {
    for (let r = 0; r < count; r++) {
      scratch.write(values, at[v] + r * row, width, address + size * r * width)
    }
  }
  return { row: row === 0 ? 0 : size * width, step: column === 0 ? 0 : 4 * size }
}
