import type { View } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { placeMatrix, readRows, transposed } from './matrix.ts'
import { type Places, reserve } from './places.ts'
import type { Plan } from './plan.ts'
import { placeRight, type Right, widthOfSums } from './right.ts'

/** Rows in the scratch memory: where the first is, and how far it is to the next. */
interface Rows {
  readonly at: number
  readonly step: number
}

/** What products go on from: a block of b, and the address of the row of a bias, or 0. */
interface Beginning {
  readonly right: Right
  readonly bias: number
}

/**
 * Blocks in the scratch memory. Their products are computed at once, or, by other
 * threads, while more blocks come; sums go out when no more fit, or no more come.
 */
export class Blocks {
  private readonly simd: Simd
  private readonly plan: Plan
  private readonly places: Places
  /** Sums that go out once they are computed. */
  private sums: { readonly rows: Rows; readonly out: View }[] = []
  /** How many blocks of b have been placed, and how many of these are still needed. */
  private placed = 0
  private needed = 0
  /** The block of a that was copied last, which the next block of b may meet as well. */
  private last: { readonly a: View; readonly rows: Rows } | null = null

  constructor(simd: Simd, plan: Plan) {
    this.simd = simd
    this.plan = plan
    this.places = reserve(simd, plan)
  }

  /** Copies a block of b, for products with n rows that begin as `bias` or as zeros. */
  begin(b: View, n: number, bias: View | null): Beginning {
    if (this.needed === this.plan.rights) this.finish()
    const { places } = this
    const place = this.placed++ % this.plan.rights
    this.needed++
    const row = bias ? places.bias + place * places.steps.bias : 0
    if (bias) this.arrange(bias, { at: row, step: 0 })
    const address = places.right + place * places.steps.right
    return { right: placeRight(this.simd, b, n, address, places.raw), bias: row }
  }

  /** Copies rows of a, for out = bias + a · b, or for out += a · b. */
  multiply(a: View, { right, bias }: Beginning, out: View, adds: boolean): void {
    if (this.sums.length === this.plan.lefts) {
      this.finish()
      this.needed = 1
    }
    const { places } = this
    const place = this.sums.length
    const rows = {
      at: places.sums + place * places.steps.sums,
      step: 4 * widthOfSums(right),
    }
    if (adds) this.arrange(out, rows)
    const left = this.placeLeft(a, places.left + place * places.steps.left)
    const start = adds ? rows : { at: bias, step: 0 }
    this.call(left, a.shape[0], right, start, rows)
    this.sums.push({ rows, out })
  }

  /** Computes all that waits. */
  finish(): void {
    this.simd.finish()
    for (const { rows, out } of this.sums) this.store(rows, out)
    this.sums = []
    this.needed = 0
    this.last = null
  }

  /** sums = start + left · right */
  private call(left: Rows, rows: number, right: Right, start: Rows, sums: Rows): void {
    const { at, step, stepPanel, k, columns } = right
    const a = [left.at, left.step, rows] as const
    const out = [start.at, start.step, sums.at, sums.step] as const
    if (right.kind === 'dots') {
      this.simd.call('multiplyDots', ...a, at, step, columns, k, ...out)
    } else {
      this.simd.call('multiplyPanels', ...a, at, step, stepPanel, columns, k, ...out)
    }
  }

  /** Rows of a, whose numbers have to be neighbours. */
  private placeLeft(a: View, address: number): Rows {
    if (this.last && isSame(this.last.a, a)) return this.last.rows
    const rows = this.placeRows(a, address)
    this.last = { a, rows }
    return rows
  }

  private placeRows(a: View, address: number): Rows {
    if (a.strides[1] === 1) {
      const { at, steps } = placeMatrix(this.simd.scratch, a, address)
      return { at, step: steps[0] }
    }
    const rows = { at: address, step: 4 * a.shape[1] }
    this.arrange(a, rows)
    return rows
  }

  /** Copies a matrix of any strides into rows. */
  private arrange(x: View, { at, step }: Rows): void {
    const raw = placeMatrix(this.simd.scratch, x, this.places.raw)
    const [rows, columns] = x.shape
    this.simd.wasm.arrange(raw.at, raw.steps[0], raw.steps[1], rows, columns, at, step)
  }

  /** Where rows of sums are too wide, or columns of out are rows, they move on the way. */
  private store({ at, step }: Rows, out: View): void {
    const { scratch, wasm } = this.simd
    const byRows = out.strides[1] === 1
    const to = byRows ? out : transposed(out)
    const [rows, columns] = to.shape
    const [stepI, stepJ] = byRows ? [step, 4] : [4, step]
    if (byRows && step === 4 * columns) {
      readRows(scratch, at, to)
    } else {
      const { raw } = this.places
      wasm.arrange(at, stepI, stepJ, rows, columns, raw, 4 * columns)
      readRows(scratch, raw, to)
    }
  }
}

/** Whether two parts of matrices of one call are the same. */
function isSame(x: View, y: View): boolean {
  return x.offset === y.offset && x.shape[0] === y.shape[0] && x.shape[1] === y.shape[1]
}
