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

/**
 * A block of b in the scratch memory, as the kernels take it: its numbers are neighbours
 * along k, for dot products, or they are neighbours in each panel of columns.
 */
export interface Right {
  readonly kind: 'dots' | 'panels'
  readonly at: number
  /** From column to column for dot products, else from row to row, in bytes. */
  readonly step: number
  readonly stepPanel: number
  readonly k: number
  readonly columns: number
}

/**
 * Copies a block of b to an address, for its product with n rows; what has to be packed
 * is first copied to `raw`, by pieces.
 */
export function placeRight(
  simd: Simd,
  b: View,
  n: number,
  address: number,
  raw: number,
): Right {
  const [k, columns] = b.shape
  if (b.strides[0] === 1 && k >= longDot) {
    const { at, steps } = placeMatrix(simd.scratch, b, address)
    return { kind: 'dots', at, step: steps[1], stepPanel: 0, k, columns }
  }
  if (b.strides[1] === 1 && (n <= fewRows || columns <= shortRow)) {
    const { at, steps } = placeMatrix(simd.scratch, b, address)
    const stepPanel = 4 * panelWidth
    return { kind: 'panels', at, step: steps[0], stepPanel, k, columns }
  }
  const stepPanel = 4 * panelWidth * k
  packPanels(simd, b, address, stepPanel, raw)
  return { kind: 'panels', at: address, step: 4 * panelWidth, stepPanel, k, columns }
}

/** How many numbers a row of sums has: some more than columns, at the edge. */
export function widthOfSums({ kind, columns }: Right): number {
  return kind === 'dots' ? 4 * Math.ceil(columns / 4) : filledPanels(columns)
}

/** Packs so many rows or columns at a time as fit, whichever lie together. */
function packPanels(
  { wasm, scratch }: Simd,
  b: View,
  to: number,
  stepPanel: number,
  raw: number,
): void {
  const [k, m] = b.shape
  const byRows = Math.abs(b.strides[0]) >= Math.abs(b.strides[1])
  const atOnce = wholePanels(most.ofLeft / (byRows ? m : k))
  for (const lines of rangesOf(byRows ? k : m, atOnce)) {
    const piece = byRows ? part(b, lines, [0, m]) : part(b, [0, k], lines)
    const { at, steps } = placeMatrix(scratch, piece, raw)
    const [rows, columns] = piece.shape
    const address = to + 4 * lines[0] * (byRows ? panelWidth : k)
    wasm.packColumns(at, steps[0], steps[1], rows, columns, address, stepPanel)
  }
}
