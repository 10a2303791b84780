import { full, type Tensor } from '@deepdive/autograd'
import { checkCount, checkFinite, optionsOf } from '@deepdive/tensor'
import {
  type ELUOptions,
  elu,
  type LeakyReLUOptions,
  leakyRelu,
  prelu,
  relu,
} from './functional/rectifiers.ts'
import { Module } from './module.ts'
import { Parameter } from './parameter.ts'

/**
 * y = max(x, 0), elementwise (Nair & Hinton 2010).
 *
 * @example
 * new ReLU().forward(tensor([-1, 2])) // → tensor([0., 2.])
 */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return relu(x)
  }
}

/**
 * y = x where it is positive, negativeSlope · x elsewhere (Maas et al. 2013).
 *
 * @example
 * new LeakyReLU({ negativeSlope: 0.1 }).forward(tensor([-1, 2]))
 * // → tensor([-0.1000,  2.0000])
 */
export class LeakyReLU extends Module {
  readonly negativeSlope: number

  constructor(options: LeakyReLUOptions = {}) {
    super()
    this.negativeSlope = optionsOf('LeakyReLU', options).negativeSlope ?? 0.01
  }

  forward(x: Tensor): Tensor {
    return leakyRelu(x, { negativeSlope: this.negativeSlope })
  }

  override extraRepr(): string {
    return `negativeSlope=${this.negativeSlope}`
  }
}

export interface PReLUOptions {
  /** One slope for all, or as many as axis 1 of x is long. Default: 1. */
  readonly numParameters?: number
  /** What the slopes start with. Default: 0.25. */
  readonly init?: number
}

/**
 * y = x where it is positive, w · x elsewhere: a LeakyReLU that learns its slope, or
 * one for each channel (He et al. 2015).
 *
 * @throws ShapeError where there are more slopes than one, and another number of
 * channels.
 * @example
 * new PReLU().forward(tensor([-1, 2])).detach() // → tensor([-0.2500,  2.0000])
 */
export class PReLU extends Module {
  readonly numParameters: number
  weight: Parameter

  constructor(options: PReLUOptions = {}) {
    super()
    const { numParameters = 1, init = 0.25 } = optionsOf('PReLU', options)
    checkCount('PReLU', { numParameters })
    checkFinite('PReLU', { init })
    this.numParameters = numParameters
    this.weight = new Parameter(full([numParameters], init, { dtype: 'float32' }))
  }

  forward(x: Tensor): Tensor {
    return prelu(x, this.weight)
  }

  override extraRepr(): string {
    return `numParameters=${this.numParameters}`
  }
}

/**
 * y = x where it is positive, α · (eˣ − 1) elsewhere (Clevert et al. 2016).
 *
 * @example
 * new ELU().forward(tensor([-1000, 2])) // → tensor([-1.,  2.])
 */
export class ELU extends Module {
  readonly alpha: number

  constructor(options: ELUOptions = {}) {
    super()
    this.alpha = optionsOf('ELU', options).alpha ?? 1
  }

  forward(x: Tensor): Tensor {
    return elu(x, { alpha: this.alpha })
  }

  override extraRepr(): string {
    return `alpha=${this.alpha}`
  }
}
