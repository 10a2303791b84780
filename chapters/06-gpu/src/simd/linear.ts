import '@deepdive/nn'
import type { Kernels, View } from '@deepdive/tensor'
import { onThreads } from '../threads/num-threads.ts'
import type { Simd } from './instance.ts'
import { paysThreads } from './matmul.ts'
import { transposed } from './matrix.ts'
import { multiply } from './product.ts'
import { tooFew } from './too-few.ts'

type Linear = NonNullable<Kernels['linear']>

/** x · Wᵀ + b, where the sums begin as b; what is small takes two plain kernels. */
export function fastLinear(simd: Simd, plain: Kernels): Linear {
  const { matmul, binary } = plain
  return (x, weight, bias, out) => {
    const [n, k] = x.shape
    const [m] = weight.shape
    const start = stretched(bias, n)
    const work = n * k * m
    if (work === 0 || work < tooFew.matmul) {
      matmul(x, transposed(weight), out)
      binary('add', out, start, out)
      return
    }
    const products = [{ b: transposed(weight), pairs: [{ a: x, out }] }]
    if (!paysThreads([n, k, m], work)) multiply(simd, products, start)
    else onThreads(simd, (all) => multiply(all, products, start))
  }
}

/** A row as a matrix of n such rows. */
function stretched({ storage, dtype, shape, strides, offset }: View, n: number): View {
  return { storage, dtype, shape: [n, ...shape], strides: [0, ...strides], offset }
}
