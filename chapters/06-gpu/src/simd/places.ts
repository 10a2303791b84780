import type { Simd } from './instance.ts'
import { filledPanels, most, type Plan, panelWidth } from './plan.ts'

/** Addresses of the first blocks of each kind, and of what is on its way to them. */
export interface Places {
  readonly raw: number
  readonly right: number
  readonly bias: number
  readonly left: number
  readonly sums: number
  /** How far it is from one block to the next, in bytes. */
  readonly steps: { right: number; bias: number; left: number; sums: number }
}

/** Takes room for all blocks of a plan. */
export function reserve(
  { scratch }: Simd,
  { depth, columns, rows, rights, lefts }: Plan,
): Places {
  const width = filledPanels(columns)
  const piece = Math.min(most.ofLeft, depth * width)
  const steps = {
    // The last row of b may be read to the end of its panel.
    right: 8 * depth * width + 4 * panelWidth,
    bias: 4 * width,
    left: 8 * rows * depth,
    sums: 4 * rows * width,
  }
  const [raw, right, bias, left, sums] = scratch.room(
    8 * Math.max(rows * depth, rows * width, piece),
    rights * steps.right,
    rights * steps.bias,
    lefts * steps.left,
    lefts * steps.sums,
  )
  return { raw, right, bias, left, sums, steps }
}
