import { type Tensor, zeros } from '@deepdive/autograd'
import { linear } from './functional/linear.ts'
import { kaimingUniform_, uniform_ } from './init.ts'
import { Module } from './module.ts'
import { Parameter } from './parameter.ts'

export interface BiasOption {
  /** Whether a bias is added. Default: true. */
  readonly bias?: boolean
}

/**
 * y = x · Wᵀ + b for x of [..., in] and W of [out, in], giving [..., out]. W and b start
 * uniform in ±1/√in.
 *
 * @throws ShapeError where the last axis of x is not `inFeatures` long.
 * @example
 * new Linear(4, 3).forward(zeros([2, 4])).shape // → [2, 3]
 */
export class Linear extends Module {
  readonly inFeatures: number
  readonly outFeatures: number
  weight: Parameter
  bias: Parameter | null

  constructor(
    inFeatures: number,
    outFeatures: number,
    { bias = true }: BiasOption = {},
  ) {
    super()
    this.inFeatures = inFeatures
    this.outFeatures = outFeatures
    const bound = 1 / Math.sqrt(inFeatures)
    this.weight = new Parameter(zeros([outFeatures, inFeatures]))
    kaimingUniform_(this.weight, { a: Math.sqrt(5) })
    this.bias = bias
      ? new Parameter(uniform_(zeros([outFeatures]), -bound, bound))
      : null
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias)
  }

  override extraRepr(): string {
    return `${this.inFeatures} → ${this.outFeatures}${this.bias ? '' : ', no bias'}`
  }
}
