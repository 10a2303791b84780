import { ones, type Tensor, zeros } from '@deepdive/autograd'
import {
  checkNotNegative,
  checkWhole,
  formatShape,
  optionsOf,
  type Shape,
} from '@deepdive/tensor'
import { layerNorm, rmsNorm } from './functional/normalization.ts'
import { Module } from './module.ts'
import { Parameter } from './parameter.ts'

export interface RMSNormOptions {
  /** What is added to the mean of squares. Default: 2⁻²³, the epsilon of float32. */
  readonly eps?: number
  /** Whether a weight for each element is learned. Default: true. */
  readonly elementwiseAffine?: boolean
}

export interface LayerNormOptions {
  /** What is added to the variance. Default: 1e-5. */
  readonly eps?: number
  /** Whether a weight, and a bias, for each element are learned. Default: true. */
  readonly elementwiseAffine?: boolean
  /** Whether a bias is, if a weight is. Default: true. */
  readonly bias?: boolean
}

/**
 * y = (x − μ) / √(σ² + eps) · w + b, with mean and variance over the last axes, those
 * of `normalizedShape` (a number is a single axis). w starts at 1, b at 0 (Ba et al.
 * 2016).
 *
 * @throws ShapeError where x does not end in `normalizedShape`.
 * @throws ValueError where a size is no whole number, or `eps` negative.
 * @example
 * new LayerNorm(2).forward(tensor([[1, 3], [10, 30]])).detach()
 * // → tensor([[-1.0000,  1.0000],
 * //           [-1.0000,  1.0000]])
 */
export class LayerNorm extends Module {
  readonly normalizedShape: Shape
  readonly eps: number
  weight: Parameter | null
  bias: Parameter | null

  constructor(normalizedShape: number | Shape, options: LayerNormOptions = {}) {
    super()
    const given = optionsOf('LayerNorm', options)
    const { eps = 1e-5, elementwiseAffine = true, bias = true } = given
    checkNotNegative('LayerNorm', { eps })
    this.normalizedShape = listed('LayerNorm', normalizedShape)
    this.eps = eps
    this.weight = elementwiseAffine ? new Parameter(ones(this.normalizedShape)) : null
    this.bias =
      elementwiseAffine && bias ? new Parameter(zeros(this.normalizedShape)) : null
  }

  forward(x: Tensor): Tensor {
    const { normalizedShape, weight, bias, eps } = this
    return layerNorm(x, normalizedShape, weight, bias, { eps })
  }

  override extraRepr(): string {
    return describe(this)
  }
}

/**
 * y = x / √(mean(x²) + eps) · w, the mean over the last axes, those of
 * `normalizedShape` (a number is a single axis). w starts at 1 (Zhang & Sennrich 2019).
 *
 * @throws ShapeError where x does not end in `normalizedShape`.
 * @throws ValueError where a size is no whole number, or `eps` negative.
 * @example
 * new RMSNorm(4).forward(tensor([3, 4, 0, 0])).detach()
 * // → tensor([1.2000, 1.6000, 0.0000, 0.0000])
 */
export class RMSNorm extends Module {
  readonly normalizedShape: Shape
  readonly eps: number
  weight: Parameter | null

  constructor(normalizedShape: number | Shape, options: RMSNormOptions = {}) {
    super()
    const { eps = 2 ** -23, elementwiseAffine = true } = optionsOf('RMSNorm', options)
    checkNotNegative('RMSNorm', { eps })
    this.normalizedShape = listed('RMSNorm', normalizedShape)
    this.eps = eps
    this.weight = elementwiseAffine ? new Parameter(ones(this.normalizedShape)) : null
  }

  forward(x: Tensor): Tensor {
    return rmsNorm(x, this.normalizedShape, this.weight, { eps: this.eps })
  }

  override extraRepr(): string {
    return describe(this)
  }
}

function listed(owner: string, given: number | Shape): Shape {
  const shape = typeof given === 'object' ? given : [given]
  for (const [n, size] of shape.entries()) {
    checkWhole(owner, { [`normalizedShape[${n}]`]: size })
  }
  return shape
}

function describe({ normalizedShape, weight }: LayerNorm | RMSNorm): string {
  return `${formatShape(normalizedShape)}${weight ? '' : ', no weight'}`
}
