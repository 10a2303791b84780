import '@deepdive/nn'
import type { Kernels } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { byRows } from './rows.ts'

type Fused = Required<Pick<Kernels, 'standardize' | 'standardizeGradient'>>

/** What all normalizations do with their rows, and the gradient of that. */
export function fastStandardize({ wasm, scratch }: Simd): Fused {
  return {
    standardize: (x, eps, out, mean, variance) =>
      byRows(scratch, {
        ...{ reads: [x], fills: [out], results: [mean, variance] },
        axes: x.shape.length - mean.shape.length,
        compute: (rows, n, [x, out, mean, variance]) =>
          wasm.standardize(x, out, mean, variance, rows, n, eps),
      }),
    standardizeGradient: (grad, y, inverse, out) =>
      byRows(scratch, {
        ...{ reads: [grad, y], fills: [out], numbers: [inverse] },
        axes: y.shape.length - inverse.shape.length,
        compute: (rows, n, [grad, y, out, inverse]) =>
          wasm.standardizeGradient(grad, y, out, inverse, rows, n),
      }),
  }
}
