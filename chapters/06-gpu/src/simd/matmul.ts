import { forEachLane, type Kernels, sizeOf, type View } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { transposed } from './matrix.ts'
import { filledPanels } from './plan.ts'
import { type Pair, Product } from './product.ts'
import { tooFew } from './too-few.ts'

type Matmul = Kernels['matmul']

/** The product of matrices by vector instructions; what is small is left to `plain`. */
export function fastMatmul(simd: Simd, plain: Matmul): Matmul {
  return (a, b, out) => {
    const [n, k] = a.shape.slice(-2)
    const m = b.shape[b.shape.length - 1]
    const work = sizeOf(out.shape) * k
    const floats = [a, b, out].every(({ dtype }) => dtype === 'float32')
    if (!floats || work === 0 || work < tooFew.matmul) return plain(a, b, out)
    const turns = cells(m, n) < 0.8 * cells(n, m)
    const product = new Product(simd, turns ? [m, k, n] : [n, k, m])
    for (const [right, pairs] of byRight(a, b, out, turns))
      product.multiply(pairs, right)
  }
}

/**
 * How many sums are made for a result of this shape, which full tiles cover. If they are
 * fewer for the transposed result, that is computed: out = a · b is outᵀ = bᵀ · aᵀ.
 */
function cells(rows: number, columns: number): number {
  return 2 * Math.ceil(rows / 2) * filledPanels(columns)
}

/** All products of a batch, by the matrix on the right, which many may share. */
function byRight(a: View, b: View, out: View, turns: boolean) {
  const [left, right] = turns ? [b, a] : [a, b]
  const found = new Map<number, [right: View, pairs: Pair[]]>()
  const matrixOf = (x: View, at: number) =>
    turns ? transposed(matrix(x, at)) : matrix(x, at)
  forEachLane([left, right, out].map(matrices), ([atLeft, atRight, atOut]) => {
    const pair = { a: matrixOf(left, atLeft), out: matrixOf(out, atOut) }
    const known = found.get(atRight)
    if (known) known[1].push(pair)
    else found.set(atRight, [matrixOf(right, atRight), [pair]])
  })
  return found.values()
}

/** Each matrix of a batch as a lane: all axes but the last two lead to it. */
function matrices({ storage, dtype, shape, strides, offset }: View): View {
  return { storage, dtype, shape: shape.slice(0, -1), strides, offset }
}

/** The matrix that begins at an offset. */
function matrix({ storage, dtype, shape, strides }: View, offset: number): View {
  return { storage, dtype, shape: shape.slice(-2), strides: strides.slice(-2), offset }
}
