import {
  elements,
  forEachLane,
  isContiguous,
  sizeOf,
  type View,
} from '@deepdive/tensor'
import type { Scratch } from './scratch.ts'
import { readRow, type Segments, segmentsOf, writeRow } from './segments.ts'

/** What a kernel does with rows, each of which the last axes of some views hold. */
export interface RowWork {
  /** Views of one shape, [...kept, ...row], to be read and to be filled. */
  readonly reads: readonly View[]
  readonly fills: readonly View[]
  /** A number for each row, [...kept], to be read and to be filled. */
  readonly numbers?: readonly View[]
  readonly results?: readonly View[]
  /** How many of the last axes hold a row. */
  readonly axes: number
  /**
   * Computes so many rows, which lie one behind another at the addresses of `reads`,
   * `fills`, `numbers` and `results`, where there is room for four numbers more; the
   * last address is that of as much room as a row takes.
   */
  readonly compute: (rows: number, length: number, places: readonly number[]) => void
}

/** So many numbers of each view at a time: all of them stay in a processor's cache. */
const most = 16384

/** Brings rows to the scratch memory, as many at once as fit, and what is found back. */
export function byRows(scratch: Scratch, work: RowWork): void {
  const { reads, fills, numbers = [], results = [], axes, compute } = work
  const { shape } = reads[0]
  const kept = shape.slice(0, shape.length - axes)
  const [count, length] = [sizeOf(kept), sizeOf(shape.slice(kept.length))]
  if (count * length === 0) return
  const atOnce = Math.min(count, Math.max(1, Math.floor(most / length)))
  const wide = [...reads, ...fills]
  const narrow = [...numbers, ...results]
  const places = scratch.room(
    ...wide.map(() => 4 * atOnce * length + 16),
    ...narrow.map(() => 4 * atOnce + 16),
    4 * length + 16,
  )
  const operands = [...wide, ...narrow].map((view, n): Operand => {
    const beside = n - wide.length
    return {
      view,
      address: places[n],
      width: beside < 0 ? length : 1,
      axes: beside < 0 ? axes : 0,
      isRead: beside < 0 ? n < reads.length : beside < numbers.length,
    }
  })
  const run = (rows: number) => compute(rows, length, places)
  if (operands.every(({ view }) => isContiguous(view)))
    byBlocks(scratch, operands, count, atOnce, run)
  else byLanes(scratch, operands, kept, atOnce, run)
}

interface Operand {
  readonly view: View
  /** How many of its axes a row has, and how many numbers. */
  readonly axes: number
  readonly width: number
  readonly address: number
  readonly isRead: boolean
}

/** Rows that lie one behind another in memory, too. */
function byBlocks(
  scratch: Scratch,
  operands: readonly Operand[],
  count: number,
  atOnce: number,
  run: (rows: number) => void,
): void {
  for (let row = 0; row < count; row += atOnce) {
    const rows = Math.min(atOnce, count - row)
    for (const { view, width, address, isRead } of operands) {
      const at = view.offset + row * width
      if (isRead) scratch.write(elements(view), at, rows * width, address)
    }
    run(rows)
    for (const { view, width, address, isRead } of operands) {
      const at = view.offset + row * width
      if (!isRead) scratch.read(address, rows * width, elements(view), at)
    }
  }
}

/** Rows that lie anyhow, one after the other. */
function byLanes(
  scratch: Scratch,
  operands: readonly Operand[],
  kept: readonly number[],
  atOnce: number,
  run: (rows: number) => void,
): void {
  const segments = segmentsOfAll(operands)
  const lanes = operands.map(({ view }) => laneOf(view, kept))
  const starts: number[][] = []
  const flush = () => {
    run(starts.length)
    for (const [row, at] of starts.entries()) {
      operands.forEach(({ view, width, address, isRead }, n) => {
        const from = address + 4 * row * width
        if (!isRead) readRow(scratch, from, view, at[n], segments[n])
      })
    }
    starts.length = 0
  }
  forEachLane(lanes, (at) => {
    operands.forEach(({ view, width, address, isRead }, n) => {
      const to = address + 4 * starts.length * width
      if (isRead) writeRow(scratch, view, at[n], segments[n], to)
    })
    starts.push([...at])
    if (starts.length === atOnce) flush()
  })
  if (starts.length > 0) flush()
}

/** Those that hold rows have segments in common. */
function segmentsOfAll(operands: readonly Operand[]): Segments[] {
  const wide = operands.filter(({ axes }) => axes > 0)
  const views = wide.map(({ view }) => view)
  const found = segmentsOf(views, wide[0].axes)
  const single = { starts: [0], length: 1, step: 1 }
  return operands.map((_, n) => found[n] ?? single)
}

/** The axes that are kept, each place of which leads to a row. */
function laneOf(
  { storage, dtype, strides, offset }: View,
  kept: readonly number[],
): View {
  const lead = strides.slice(0, kept.length)
  return { storage, dtype, shape: [...kept, 1], strides: [...lead, 0], offset }
}
