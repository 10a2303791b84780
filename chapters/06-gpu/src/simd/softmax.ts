import type { Kernels } from '@deepdive/tensor'
import '@deepdive/autograd'
import type { Simd } from './instance.ts'
import { byRows } from './rows.ts'

type Fused = Required<
  Pick<Kernels, 'softmax' | 'softmaxGradient' | 'logSoftmax' | 'logSoftmaxGradient'>
>

/** Softmax along rows, its logarithm, and the gradients of both. */
export function fastSoftmax({ wasm, scratch }: Simd): Fused {
  const one =
    (compute: typeof wasm.softmax): Fused['softmax'] =>
    (x, out) =>
      byRows(scratch, {
        ...{ reads: [x], fills: [out], axes: 1 },
        compute: (rows, length, [x, out]) => compute(x, out, rows, length),
      })
  const gradient =
    (compute: typeof wasm.softmaxGradient): Fused['softmaxGradient'] =>
    (grad, y, out) =>
      byRows(scratch, {
        ...{ reads: [grad, y], fills: [out], axes: 1 },
        compute: (rows, length, [grad, y, out]) => compute(grad, y, out, rows, length),
      })
  return {
    softmax: one(wasm.softmax),
    softmaxGradient: gradient(wasm.softmaxGradient),
    logSoftmax: one(wasm.logSoftmax),
    logSoftmaxGradient: gradient(wasm.logSoftmaxGradient),
  }
}
