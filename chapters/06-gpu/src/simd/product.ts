import type { View } from '@deepdive/tensor'
import type { Call, Simd } from './instance.ts'
import { part, placeMatrix, rangesOf, readRows, transposed } from './matrix.ts'
import { filledPanels, most, type Plan, panelWidth, planFor } from './plan.ts'
import { placeRight, type Right } from './right.ts'

/** A matrix on the left, and where its product with one on the right is wanted. */
export interface Pair {
  readonly a: View
  readonly out: View
}

/** Addresses of a block of b, rows of a, their sums, what is on its way, and a bias. */
type Places = Record<'right' | 'left' | 'sums' | 'raw' | 'bias', number>

/**
 * Products of matrices of one shape, in blocks that fit the scratch memory:
 *
 *                 ┌──────┬─────┐   A block of b is copied once, and meets all rows of
 *              b  │██████│     │   a, so many at a time.
 *                 ├──────┼─────┤
 *                 └──────┴─────┘   Where there is more along k than one block holds,
 *     ┌────┬────┐ ┌──────┬─────┐   the next one adds to the sums of the last.
 *     │████│    │ │██████│     │
 *   a ├────┼────┤ ├──────┼─────┤ out
 *     └────┴────┘ └──────┴─────┘
 */
export class Product {
  private readonly simd: Simd
  private readonly plan: Plan
  private readonly places: Places
  private readonly bias: View | null

  /** Of matrices [n, k] and [k, m], to which a bias is added, [n, m] of equal rows. */
  constructor(simd: Simd, [n, k, m]: readonly number[], bias: View | null = null) {
    this.simd = simd
    this.plan = planFor(n, k, m)
    this.places = reserve(simd, this.plan)
    this.bias = bias
  }

  /** Computes the products of several matrices with one b. */
  multiply(pairs: readonly Pair[], b: View): void {
    const { depth, columns, rows } = this.plan
    const [k, m] = b.shape
    const [n] = pairs[0].a.shape
    for (const inner of rangesOf(k, depth)) {
      for (const across of rangesOf(m, columns)) {
        const { right: address, raw } = this.places
        const right = placeRight(this.simd, part(b, inner, across), n, address, raw)
        if (this.bias) this.load(part(this.bias, [0, 1], across), this.places.bias)
        for (const { a, out } of pairs) {
          for (const down of rangesOf(n, rows)) {
            const sums = part(out, down, across)
            this.multiplyRows(part(a, down, inner), right, sums, inner[0] > 0)
          }
        }
      }
    }
  }

  private multiplyRows(a: View, right: Right, out: View, adds: boolean): void {
    const { sums, bias } = this.places
    const step = 4 * right.width
    if (adds) this.load(out, sums, step)
    const left = this.placeLeft(a)
    const [start, stepStart] = adds ? [sums, step] : [this.bias ? bias : 0, 0]
    const all = [left.at, left.steps[0], a.shape[0], right.at, right.step] as const
    const sizes = [right.k, start, stepStart, sums, step] as const
    const call: Call = right.dots
      ? ['multiplyDots', ...all, right.columns, ...sizes]
      : ['multiplyPanels', ...all, right.stepPanel, right.width / panelWidth, ...sizes]
    this.simd.run([call])
    this.storeSums(out, step)
  }

  /** Rows whose numbers are neighbours. */
  private placeLeft(a: View) {
    const { left, raw } = this.places
    const { at, steps } = placeMatrix(this.simd.scratch, a, raw)
    if (steps[1] === 4) return { at, steps }
    const [rows, k] = a.shape
    this.simd.wasm.arrange(at, steps[0], steps[1], rows, k, left, 4 * k)
    return { at: left, steps: [4 * k, 4] }
  }

  /** What sums go on from; on its way it lies where rows of a will. */
  private load(x: View, to: number, step = 0): void {
    const { at, steps } = placeMatrix(this.simd.scratch, x, this.places.raw)
    const [rows, columns] = x.shape
    this.simd.wasm.arrange(at, steps[0], steps[1], rows, columns, to, step)
  }

  /** Where rows of sums are too wide, or columns of out are rows, they move on the way. */
  private storeSums(out: View, step: number): void {
    const { scratch, wasm } = this.simd
    const { sums, raw } = this.places
    const byRows = out.strides[1] === 1
    const to = byRows ? out : transposed(out)
    const [rows, columns] = to.shape
    if (byRows && step === 4 * columns) {
      readRows(scratch, sums, to)
      return
    }
    const [stepI, stepJ] = byRows ? [step, 4] : [4, step]
    wasm.arrange(sums, stepI, stepJ, rows, columns, raw, 4 * columns)
    readRows(scratch, raw, to)
  }
}

function reserve(simd: Simd, { depth, columns, rows }: Plan): Places {
  const width = filledPanels(columns)
  const piece = Math.min(most.ofLeft, depth * width)
  const [right, left, sums, raw, bias] = simd.scratch.room(
    8 * depth * width + 64, // the last row of b may be read to the end of its panel
    4 * rows * depth,
    4 * rows * width,
    8 * Math.max(rows * depth, rows * width, piece),
    4 * width,
  )
  return { right, left, sums, raw, bias }
}
