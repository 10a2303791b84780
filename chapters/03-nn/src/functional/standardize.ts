import { type Op, type Tensor, unrecorded } from '@deepdive/autograd'
import {
  isFloatingPoint,
  type NDArray,
  reducedAxes,
  type Shape,
} from '@deepdive/tensor'
import '../kernels.ts'

/** Is told what an operation on data has found: mean and variance, kept with size 1. */
export type Observe = (mean: NDArray, variance: NDArray) => void

/**
 * y = (x − μ) / σ over `dims`, with σ² = var(x) + eps, the variance divided by n: ∂x =
 * (grad − mean(grad) − y · mean(grad · y)) / σ. `observe` hears of mean and variance.
 *
 * @example
 * standardize(tensor([1, 3]), [0], 1e-5) // → tensor([-1.0000,  1.0000])
 */
export function standardize(
  x: Tensor,
  dims: readonly number[],
  eps: number,
  observe?: Observe,
): Tensor {
  let inverse: NDArray
  return x.apply({
    name: 'standardize',
    settings: { dims, eps },
    forward: (x) => {
      const { y, mean, variance } = inOnePass(x, dims, eps) ?? composed(x, dims, eps)
      observe?.(mean, variance)
      inverse = variance.add(eps).rsqrt()
      return y
    },
    gradient: (grad, { inputs: [x], output: y }) => {
      const found = unrecorded(grad, () => slope(grad.array, y.array, inverse, dims))
      if (found) return [found]
      const mean = (t: Tensor) => t.mean(dims, { keepdim: true })
      const tilt = grad.sub(mean(grad)).sub(y.mul(mean(grad.mul(y))))
      return [tilt.mul(x.apply(inverseDeviation(y, inverse)))]
    },
  })
}

interface Standardized {
  readonly y: NDArray
  readonly mean: NDArray
  readonly variance: NDArray
}

function composed(x: NDArray, dims: readonly number[], eps: number): Standardized {
  const mean = x.mean(dims, { keepdim: true })
  const centered = x.sub(mean)
  const variance = centered.square().mean(dims, { keepdim: true })
  return { y: centered.mul(variance.add(eps).rsqrt()), mean, variance }
}

/** The same by the device's fused kernel, if it has one. */
function inOnePass(
  x: NDArray,
  dims: readonly number[],
  eps: number,
): Standardized | null {
  const { standardize } = x.device.kernels
  if (!standardize || !isFloatingPoint(x.dtype) || x.numel() === 0) return null
  const { order, kept, kept1 } = rows(x.shape, dims)
  const y = x.newEmpty(x.shape)
  // A variance soon passes 65,504, the largest float16.
  const [mean, variance] = [kept, kept].map((shape) => x.newEmpty(shape, 'float32'))
  standardize(x.permute(order), eps, y.permute(order), mean, variance)
  return { y, mean: mean.reshape(kept1), variance: variance.reshape(kept1) }
}

function slope(
  grad: NDArray,
  y: NDArray,
  inverse: NDArray,
  dims: readonly number[],
): NDArray | null {
  const { standardizeGradient } = y.device.kernels
  if (!standardizeGradient || y.numel() === 0) return null
  const { order, kept } = rows(y.shape, dims)
  const out = y.newEmpty(y.shape)
  const [g, at, to] = [grad, y, out].map((array) => array.permute(order))
  standardizeGradient(g, at, inverse.reshape(kept), to)
  return out
}

/** The axes with `dims` last; the sizes of the others, alone and beside a 1 for each. */
function rows(shape: Shape, dims: readonly number[]) {
  const reduced = reducedAxes('standardize', dims, shape.length)
  const others = [...shape.keys()].filter((axis) => !reduced.includes(axis))
  return {
    order: [...others, ...reduced],
    kept: others.map((axis) => shape[axis]),
    kept1: shape.map((extent, axis) => (reduced.includes(axis) ? 1 : extent)),
  }
}

/**
 * 1 / σ as it was found on the way to y; a second derivative needs to know that it
 * depends on x: ∂(1/σ)/∂x = −y / (n · σ²).
 */
const inverseDeviation = (y: Tensor, found: NDArray): Op => ({
  name: 'inverseDeviation',
  forward: () => found,
  gradient: (grad, { output }) => {
    const count = y.numel() / output.numel()
    return [grad.mul(output.square()).mul(y).div(-count)]
  },
})
