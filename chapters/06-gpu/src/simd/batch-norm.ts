import type {} from '@deepdive/conv'
import type { Kernels } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { byRows } from './rows.ts'

type Fused = Required<Pick<Kernels, 'batchNorm' | 'batchNormGradient'>>

/** Batch normalization, a channel for a row, and its gradients. */
export function fastBatchNorm({ wasm, scratch }: Simd): Fused {
  return {
    batchNorm: (x, weight, bias, eps, y, mean, variance) =>
      byRows(scratch, {
        ...{
          reads: [x],
          fills: [y],
          numbers: [weight, bias],
          results: [mean, variance],
        },
        axes: x.shape.length - 1,
        compute: (rows, n, [x, y, weight, bias, mean, variance]) =>
          wasm.batchNorm(x, y, weight, bias, mean, variance, rows, n, eps),
      }),
    batchNormGradient: (grad, x, weight, mean, inverse, xGrad, weightGrad, biasGrad) =>
      byRows(scratch, {
        ...{ reads: [grad, x], fills: [xGrad], numbers: [weight, mean, inverse] },
        results: [weightGrad, biasGrad],
        axes: x.shape.length - 1,
        compute: (rows, n, [grad, x, xGrad, weight, mean, inverse, ...results]) => {
          const [weightGrad, biasGrad] = results
          const vectors = [weight, mean, inverse, weightGrad, biasGrad] as const
          wasm.batchNormGradient(grad, x, xGrad, ...vectors, rows, n)
        },
      }),
  }
}
