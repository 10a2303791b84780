import { composedGradients, isGradEnabled, type Op, Tensor } from '@deepdive/autograd'
import { type Observe, standardize } from '@deepdive/nn'
import { checkSameDevice, type Kernels, type NDArray } from '@deepdive/tensor'
import { scaleChannels } from '../functional/channels.ts'
import '../kernels.ts'

type Fused = Required<Pick<Kernels, 'batchNorm' | 'batchNormGradient'>>

/**
 * (x − μ) / √(σ² + eps) · w + b for each channel of x, [N, C, …], by the fused kernels
 * of the device; null where it has none, or the batch is empty.
 */
export function batchNormInOnePass(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  eps: number,
  observe?: Observe,
): Tensor | null {
  const { batchNorm, batchNormGradient } = x.device.kernels
  if (!batchNorm || !batchNormGradient || x.numel() === 0) return null
  const kernels = { batchNorm, batchNormGradient }
  return x.apply(batchNormOp(kernels, eps, observe), weight, bias)
}

function batchNormOp(kernels: Fused, eps: number, observe?: Observe): Op {
  let mean: NDArray
  let inverse: NDArray
  return {
    name: 'batchNorm',
    settings: { eps },
    forward: (x, weight, bias) => {
      checkSameDevice('batchNorm', x, weight, bias)
      const y = x.newEmpty(x.shape)
      const variance = x.newEmpty([x.size(1)], 'float32')
      mean = x.newEmpty([x.size(1)], 'float32')
      const rows = [x, y].map((array) => array.transpose(0, 1))
      kernels.batchNorm(rows[0], weight, bias, eps, rows[1], mean, variance)
      observe?.(mean, variance)
      inverse = variance.add(eps).rsqrt()
      return y
    },
    gradient: (grad, { inputs: [x, weight, bias] }) => {
      if (isGradEnabled()) return composedGradients(composed, [x, weight, bias], grad)
      const found = [x, weight, bias].map(({ array }) => array.newEmpty(array.shape))
      const [rows, slope, out] = [x.array, grad.array, found[0]].map((array) =>
        array.transpose(0, 1),
      )
      const vectors = [weight.array, mean, inverse] as const
      kernels.batchNormGradient(slope, rows, ...vectors, out, found[1], found[2])
      return found.map((array) => new Tensor(array))
    },
  }

  /** The same by several operations. */
  function composed(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
    const dims = [...x.shape.keys()].toSpliced(1, 1)
    return scaleChannels(standardize(x, dims, eps), weight, bias)
  }
}
