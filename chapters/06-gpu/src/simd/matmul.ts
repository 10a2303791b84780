import { forEachLane, type Kernels, sizeOf, type View } from '@deepdive/tensor'
import { onThreads } from '../threads/num-threads.ts'
import type { Simd } from './instance.ts'
import { transposed } from './matrix.ts'
import { filledPanels } from './plan.ts'
import { multiply, type Pair, type Products } from './product.ts'
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
    const products = productsOf(a, b, out, cells(m, n) < 0.8 * cells(n, m))
    if (!paysThreads([n, k, m], work)) multiply(simd, products)
    else onThreads(simd, (all) => multiply(all, products))
  }
}

/**
 * Whether threads make up for the copying that one of them does alone: there must be
 * much to compute, and each number that is copied must meet several others.
 */
export function paysThreads([n, k, m]: readonly number[], work: number): boolean {
  const uses = (n * k * m) / (n * k + k * m + n * m)
  return work >= tooFew.matmulOnThreads && uses >= tooFew.usesOnThreads
}

/**
 * How many sums are made for a result of this shape, which full tiles cover. If they are
 * fewer for the transposed result, that is computed: out = a · b is outᵀ = bᵀ · aᵀ.
 */
function cells(rows: number, columns: number): number {
  return 2 * Math.ceil(rows / 2) * filledPanels(columns)
}

/** The products of a batch, by the matrix on the right, which several may share. */
function productsOf(a: View, b: View, out: View, turns: boolean): Products[] {
  const [left, right] = turns ? [b, a] : [a, b]
  const matrixAt = (x: View, at: number) =>
    turns ? transposed(matrix(x, at)) : matrix(x, at)
  const found = new Map<number, { b: View; pairs: Pair[] }>()
  forEachLane([left, right, out].map(matrices), ([atLeft, atRight, atOut]) => {
    const products = found.get(atRight) ?? { b: matrixAt(right, atRight), pairs: [] }
    products.pairs.push({ a: matrixAt(left, atLeft), out: matrixAt(out, atOut) })
    found.set(atRight, products)
  })
  return [...found.values()]
}

/** Each matrix of a batch as a lane: all axes but the last two lead to it. */
function matrices({ storage, dtype, shape, strides, offset }: View): View {
  return { storage, dtype, shape: shape.slice(0, -1), strides, offset }
}

/** The matrix that begins at an offset. */
function matrix({ storage, dtype, shape, strides }: View, offset: number): View {
  return { storage, dtype, shape: shape.slice(-2), strides: strides.slice(-2), offset }
}
