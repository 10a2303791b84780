import type { Op, Tensor } from '@deepdive/autograd'
import {
  checkList,
  checkNotNegative,
  DTypeError,
  formatShape,
  isFloatingPoint,
  type Shape,
  ShapeError,
} from '@deepdive/tensor'
import { checkOptional, checkTensors } from './check-tensors.ts'
import { standardize } from './standardize.ts'

export interface EpsOption {
  /** What is added to the mean of squares, so that nothing is divided by 0. */
  readonly eps?: number
}

/**
 * y = x / r over `dims`, with r² = mean(x²) + eps: ∂x = (grad − y · mean(grad · y)) /
 * r.
 */
const scaleToOne = (dims: readonly number[], eps: number): Op => ({
  name: 'scaleToOne',
  settings: { dims, eps },
  forward: (x) => x.mul(x.square().mean(dims, { keepdim: true }).add(eps).rsqrt()),
  gradient: (grad, { inputs: [x], output: y }) => {
    const mean = (t: Tensor) => t.mean(dims, { keepdim: true })
    const r = mean(x.square()).add(eps).sqrt()
    return [grad.sub(y.mul(mean(grad.mul(y)))).div(r)]
  },
})

/**
 * (x − μ) / √(σ² + eps) · w + b, with mean and variance over the last axes, those of
 * `normalizedShape`: each sample is normalized on its own (Ba et al. 2016).
 *
 * @throws ShapeError where x does not end in `normalizedShape`.
 * @throws DTypeError where x is not float32; ValueError where `eps` is negative.
 * @example
 * functional.layerNorm(tensor([1, 3]), [2]) // → tensor([-1.0000,  1.0000])
 */
export function layerNorm(
  x: Tensor,
  normalizedShape: Shape,
  weight: Tensor | null = null,
  bias: Tensor | null = null,
  { eps = 1e-5 }: EpsOption = {},
): Tensor {
  checkTensors('layerNorm', { input: x })
  checkOptional('layerNorm', { weight, bias })
  checkNotNegative('layerNorm', { eps })
  const dims = lastDims('layerNorm', x, normalizedShape)
  const y = standardize(x, dims, eps)
  const scaled = weight ? y.mul(weight) : y
  return bias ? scaled.add(bias) : scaled
}

/**
 * x / √(mean(x²) + eps) · w, the mean over the last axes, those of `normalizedShape`:
 * as layerNorm, without moving the mean (Zhang & Sennrich 2019).
 *
 * @throws ShapeError where x does not end in `normalizedShape`.
 * @throws DTypeError where x is not float32; ValueError where `eps` is negative.
 * @example
 * functional.rmsNorm(tensor([3, 4, 0, 0]), [4])
 * // → tensor([1.2000, 1.6000, 0.0000, 0.0000])
 */
export function rmsNorm(
  x: Tensor,
  normalizedShape: Shape,
  weight: Tensor | null = null,
  { eps = 2 ** -23 }: EpsOption = {},
): Tensor {
  checkTensors('rmsNorm', { input: x })
  checkOptional('rmsNorm', { weight })
  checkNotNegative('rmsNorm', { eps })
  const y = x.apply(scaleToOne(lastDims('rmsNorm', x, normalizedShape), eps))
  return weight ? y.mul(weight) : y
}

/** −1 for [4], −2 and −1 for [3, 4]; refuses an x of whole numbers, or other sizes. */
function lastDims(op: string, x: Tensor, normalizedShape: Shape): number[] {
  if (!isFloatingPoint(x.dtype)) {
    throw new DTypeError(`${op}: needs float32, not ${x.dtype}: use .to('float32')`)
  }
  checkList(op, 'normalizedShape', normalizedShape)
  const count = normalizedShape.length
  const end = x.shape.slice(Math.max(0, x.ndim - count))
  if (count === 0 || !normalizedShape.every((size, n) => end[n] === size)) {
    throw new ShapeError(
      `${op}: the last ${count === 1 ? 'axis' : `${count} axes`} of ` +
        `${formatShape(x.shape)} must be ${formatShape(normalizedShape)}, ` +
        `not ${formatShape(end)}`,
    )
  }
  return normalizedShape.map((_, n) => n - count)
}
