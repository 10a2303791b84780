import { type Tensor, zeros } from '@deepdive/autograd'
import { checkWhole, optionsOf, type Shape } from '@deepdive/tensor'
import { linear } from './functional/linear.ts'
import { uniform_ } from './init/index.ts'
import { Module } from './module.ts'
import { Parameter } from './parameter.ts'

export interface BiasOption {
  /** Whether a bias is added. Default: true. */
  readonly bias?: boolean
}

/** What PyTorch starts a weight with: uniform in ±1/√n, n the size of what comes in. */
export function startWeight(shape: Shape, size: number): Parameter {
  const bound = size > 0 ? 1 / Math.sqrt(size) : 0
  return new Parameter(uniform_(zeros(shape), -bound, bound))
}

/**
 * y = x · Wᵀ + b for x of [..., in] and W of [out, in], giving [..., out]. W and b
 * start uniform in ±1/√in.
 *
 * @throws ShapeError where the last axis of x is not `inFeatures` long, naming both.
 * @throws ValueError where a size is no whole number.
 * @example
 * new Linear(4, 3).forward(zeros([2, 4])).shape // → [2, 3]
 */
export class Linear extends Module {
  readonly inFeatures: number
  readonly outFeatures: number
  weight: Parameter
  bias: Parameter | null

  constructor(inFeatures: number, outFeatures: number, options: BiasOption = {}) {
    super()
    const { bias = true } = optionsOf('Linear', options)
    checkWhole('Linear', { inFeatures, outFeatures })
    this.inFeatures = inFeatures
    this.outFeatures = outFeatures
    this.weight = startWeight([outFeatures, inFeatures], inFeatures)
    this.bias = bias ? startWeight([outFeatures], inFeatures) : null
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias)
  }

  override extraRepr(): string {
    return `${this.inFeatures} → ${this.outFeatures}${this.bias ? '' : ', no bias'}`
  }
}
