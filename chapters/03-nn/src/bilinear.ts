import type { Tensor } from '@deepdive/autograd'
import { checkWhole, optionsOf } from '@deepdive/tensor'
import { bilinear } from './functional/linear.ts'
import { type BiasOption, startWeight } from './linear.ts'
import { Module } from './module.ts'
import type { Parameter } from './parameter.ts'

/**
 * yₖ = x1 · Wₖ · x2ᵀ + bₖ for x1 of [..., in1], x2 of [..., in2] and W of
 * [out, in1, in2], giving [..., out]. W and b start uniform in ±1/√in1.
 *
 * @throws ShapeError where sizes differ.
 * @throws ValueError where a size is no whole number.
 * @example
 * new Bilinear(3, 2, 4).forward(ones([5, 3]), ones([5, 2])).shape // → [5, 4]
 */
export class Bilinear extends Module {
  readonly in1Features: number
  readonly in2Features: number
  readonly outFeatures: number
  weight: Parameter
  bias: Parameter | null

  constructor(
    in1Features: number,
    in2Features: number,
    outFeatures: number,
    options: BiasOption = {},
  ) {
    super()
    const { bias = true } = optionsOf('Bilinear', options)
    checkWhole('Bilinear', { in1Features, in2Features, outFeatures })
    this.in1Features = in1Features
    this.in2Features = in2Features
    this.outFeatures = outFeatures
    this.weight = startWeight([outFeatures, in1Features, in2Features], in1Features)
    this.bias = bias ? startWeight([outFeatures], in1Features) : null
  }

  forward(x1: Tensor, x2: Tensor): Tensor {
    return bilinear(x1, x2, this.weight, this.bias)
  }

  override extraRepr(): string {
    const sizes = `${this.in1Features}, ${this.in2Features} → ${this.outFeatures}`
    return `${sizes}${this.bias ? '' : ', no bias'}`
  }
}
