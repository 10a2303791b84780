import type { View } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { part, placeMatrix, rangesOf } from './matrix.ts'
import { filledPanels, most, panelWidth, wholePanels } from './plan.ts'

/** From how many numbers on dot products beat panels, as measured. */
const longDot = 64

/** Up to how many rows of a it costs more to pack b than to read it as it lies. */
const fewRows = 8

/** How long the rows of b may be to be read as they lie without harm to the caches. */
const shortRow = 512

/** A block of b in the scratch memory, as the kernels take it. */
export interface Right {
  /** Whether numbers are neighbours along k, for dot products: else in panels. */
  readonly dots: boolean
  readonly at: number
  /** From column to column for dot products, else from row to row, in bytes. */
  readonly step: number
  readonly stepPanel: number
  readonly k: number
  readonly columns: number
  /** How many numbers a row of sums has: some more than columns, at the edge. */
  readonly width: number
}

/**
 * Copies a block of b to an address, for its product with n rows; what has to be packed
 * is first copied to `raw`, by pieces.
 */
export function placeRight(
  { wasm, scratch }: Simd,
  b: View,
  n: number,
  address: number,
  raw: number,
): Right {
  const [k, columns] = b.shape
  const panels = { dots: false, k, columns, width: filledPanels(columns) }
  if (b.strides[0] === 1 && k >= longDot) {
    const { at, steps } = placeMatrix(scratch, b, address)
    const width = 4 * Math.ceil(columns / 4)
    return { dots: true, at, step: steps[1], stepPanel: 0, k, columns, width }
  }
  if (b.strides[1] === 1 && (n <= fewRows || columns <= shortRow)) {
    const { at, steps } = placeMatrix(scratch, b, address)
    return { ...panels, at, step: steps[0], stepPanel: 4 * panelWidth }
  }
  const [step, stepPanel] = [4 * panelWidth, 4 * panelWidth * k]
  for (const [piece, to] of piecesOf(b)) {
    const { at, steps } = placeMatrix(scratch, piece, raw)
    const [rows, count] = piece.shape
    wasm.packColumns(at, steps[0], steps[1], rows, count, address + to, stepPanel)
  }
  return { ...panels, at: address, step, stepPanel }
}

/**
 * A matrix in so many rows or columns at a time as fit, whichever lie together, and
 * where they begin in its panels, in bytes.
 */
function* piecesOf(b: View): Generator<[piece: View, to: number]> {
  const [k, columns] = b.shape
  if (Math.abs(b.strides[0]) >= Math.abs(b.strides[1])) {
    for (const rows of rangesOf(k, wholePanels(most.ofLeft / columns))) {
      yield [part(b, rows, [0, columns]), 4 * rows[0] * panelWidth]
    }
  } else {
    for (const some of rangesOf(columns, wholePanels(most.ofLeft / k))) {
      yield [part(b, [0, k], some), 4 * some[0] * k]
    }
  }
}
