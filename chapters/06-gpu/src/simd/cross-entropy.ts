import '@deepdive/nn'
import type { Kernels } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { byRows } from './rows.ts'

type Fused = Required<Pick<Kernels, 'crossEntropy' | 'crossEntropyGradient'>>

/** How surprised rows of scores are by labels, and the gradient of that. */
export function fastCrossEntropy({ wasm, scratch }: Simd): Fused {
  return {
    crossEntropy: (x, labels, ignored, losses) =>
      byRows(scratch, {
        ...{ reads: [x], fills: [], numbers: [labels], results: [losses], axes: 1 },
        compute: (rows, n, [x, labels, losses, spare]) =>
          wasm.crossEntropy(x, labels, losses, rows, n, ignored, spare),
      }),
    crossEntropyGradient: (x, labels, ignored, grad, out) =>
      byRows(scratch, {
        ...{ reads: [x], fills: [out], numbers: [labels, grad], axes: 1 },
        compute: (rows, n, [x, out, labels, grad]) =>
          wasm.crossEntropyGradient(x, out, labels, grad, rows, n, ignored),
      }),
  }
}
