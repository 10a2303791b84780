import type { View } from '@deepdive/tensor'
import { Blocks } from './blocks.ts'
import type { Simd } from './instance.ts'
import { part, rangesOf } from './matrix.ts'
import { planFor } from './plan.ts'

/** A matrix on the left, and where its product with one on the right is wanted. */
export interface Pair {
  readonly a: View
  readonly out: View
}

/** Several products with the same matrix on the right. */
export interface Products {
  readonly b: View
  readonly pairs: readonly Pair[]
}

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
 *
 * Sums begin as `bias`, a matrix of equal rows, or as zeros.
 */
export function multiply(
  simd: Simd,
  products: readonly Products[],
  bias: View | null = null,
): void {
  const [{ b, pairs }] = products
  const [n, k] = pairs[0].a.shape
  const m = b.shape[1]
  const count = products.reduce((total, { pairs }) => total + pairs.length, 0)
  // Columns of b can be shared out where they lie together.
  const across = b.strides[0] === 1 && m > n
  const plan = planFor([n, k, m], count, simd.threads, across)
  const blocks = new Blocks(simd, plan)
  for (const inner of rangesOf(k, plan.depth)) {
    for (const { b, pairs } of products) {
      for (const across of rangesOf(m, plan.columns)) {
        const start = bias && part(bias, [0, 1], across)
        const beginning = blocks.begin(part(b, inner, across), n, start)
        for (const { a, out } of pairs) {
          for (const down of rangesOf(n, plan.rows)) {
            const sums = part(out, down, across)
            blocks.multiply(part(a, down, inner), beginning, sums, inner[0] > 0)
          }
        }
      }
    }
    blocks.finish()
  }
}
