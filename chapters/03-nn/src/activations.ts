import type { Tensor } from '@deepdive/autograd'
import { checkWord, optionsOf } from '@deepdive/tensor'
import {
  type GELUOptions,
  gelu,
  logSoftmax,
  type SoftplusOptions,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from './functional/activations.ts'
import { Module } from './module.ts'

/**
 * y = 1 / (1 + e⁻ˣ), between 0 and 1.
 *
 * @example
 * new Sigmoid().forward(tensor([0, 1])) // → tensor([0.5000, 0.7311])
 */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return sigmoid(x)
  }
}

/**
 * y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), between −1 and 1.
 *
 * @example
 * new Tanh().forward(tensor([0, 1])) // → tensor([0.0000, 0.7616])
 */
export class Tanh extends Module {
  forward(x: Tensor): Tensor {
    return tanh(x)
  }
}

/**
 * y = x · Φ(x), with Φ the normal distribution function; `approximate: 'tanh'` is
 * x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))) (Hendrycks & Gimpel 2016).
 *
 * @example
 * new GELU().forward(tensor([-1, 0, 1])) // → tensor([-0.1587,  0.0000,  0.8413])
 */
export class GELU extends Module {
  readonly approximate: 'none' | 'tanh'

  constructor(options: GELUOptions = {}) {
    super()
    const { approximate = 'none' } = optionsOf('GELU', options)
    checkWord('GELU', 'approximate', approximate, ['none', 'tanh'])
    this.approximate = approximate
  }

  forward(x: Tensor): Tensor {
    return gelu(x, { approximate: this.approximate })
  }

  override extraRepr(): string {
    return this.approximate === 'none' ? '' : `approximate=${this.approximate}`
  }
}

/**
 * y = x · σ(x), also called swish (Ramachandran et al. 2017).
 *
 * @example
 * new SiLU().forward(tensor([0, 1])) // → tensor([0.0000, 0.7311])
 */
export class SiLU extends Module {
  forward(x: Tensor): Tensor {
    return silu(x)
  }
}

/**
 * y = ln(1 + e^(β x)) / β, a smooth ReLU; x itself where β x is above `threshold`
 * (Dugas et al. 2001).
 *
 * @example
 * new Softplus().forward(tensor([0, 1])) // → tensor([0.6931, 1.3133])
 */
export class Softplus extends Module {
  readonly beta: number
  readonly threshold: number

  constructor(options: SoftplusOptions = {}) {
    super()
    const { beta = 1, threshold = 20 } = optionsOf('Softplus', options)
    this.beta = beta
    this.threshold = threshold
  }

  forward(x: Tensor): Tensor {
    return softplus(x, { beta: this.beta, threshold: this.threshold })
  }

  override extraRepr(): string {
    return `beta=${this.beta}, threshold=${this.threshold}`
  }
}

/**
 * yᵢ = e^xᵢ / Σ e^xⱼ along `dim`: positive numbers that add up to 1.
 *
 * @throws IndexError where there is no such axis.
 * @example
 * new Softmax(1).forward(tensor([[0, 0]])) // → tensor([[0.5000, 0.5000]])
 */
export class Softmax extends Module {
  readonly dim: number

  constructor(dim: number) {
    super()
    this.dim = dim
  }

  forward(x: Tensor): Tensor {
    return softmax(x, this.dim)
  }

  override extraRepr(): string {
    return `dim=${this.dim}`
  }
}

/**
 * yᵢ = xᵢ − ln Σ e^xⱼ along `dim`, which is ln softmax(x).
 *
 * @throws IndexError where there is no such axis.
 * @example
 * new LogSoftmax(1).forward(tensor([[1000, 0]])) // → tensor([[    0., -1000.]])
 */
export class LogSoftmax extends Module {
  readonly dim: number

  constructor(dim: number) {
    super()
    this.dim = dim
  }

  forward(x: Tensor): Tensor {
    return logSoftmax(x, this.dim)
  }

  override extraRepr(): string {
    return `dim=${this.dim}`
  }
}
