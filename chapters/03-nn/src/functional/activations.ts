import { checkTensor, type Tensor } from '@deepdive/autograd'
import { checkNumbers } from '@deepdive/tensor'

export interface GELUOptions {
  /** Φ itself, or a form of it by tanh. Default: 'none'. */
  readonly approximate?: 'none' | 'tanh'
}

export interface SoftplusOptions {
  /** How sharp the bend is. Default: 1. */
  readonly beta?: number
  /** Where β · x exceeds this, the result is x itself. Default: 20. */
  readonly threshold?: number
}

/**
 * 1 / (1 + e⁻ˣ), between 0 and 1.
 *
 * @example
 * functional.sigmoid(tensor([-1000, 0, 1000])) // → tensor([0.0000, 0.5000, 1.0000])
 */
export function sigmoid(x: Tensor): Tensor {
  checkTensor('sigmoid', 'input', x)
  return x.sigmoid()
}

/**
 * (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), between −1 and 1.
 *
 * @example
 * functional.tanh(tensor([-1000, 0, 1000])) // → tensor([-1.,  0.,  1.])
 */
export function tanh(x: Tensor): Tensor {
  checkTensor('tanh', 'input', x)
  return x.tanh()
}

/**
 * x · Φ(x), with Φ the normal distribution function (Hendrycks & Gimpel 2016).
 *
 * @throws ValueError where `approximate` is an unknown word.
 * @example
 * functional.gelu(tensor([-1, 0, 1])) // → tensor([-0.1587,  0.0000,  0.8413])
 */
export function gelu(x: Tensor, options: GELUOptions = {}): Tensor {
  checkTensor('gelu', 'input', x)
  return x.gelu(options)
}

/**
 * x · σ(x), also called swish (Hendrycks & Gimpel 2016; Ramachandran et al. 2017).
 *
 * @example
 * functional.silu(tensor([0, 1])) // → tensor([0.0000, 0.7311])
 */
export function silu(x: Tensor): Tensor {
  checkTensor('silu', 'input', x)
  return x.silu()
}

/**
 * ln(1 + e^(β x)) / β, a smooth relu (Dugas et al. 2001).
 *
 * @throws ValueError where β is 0.
 * @example
 * functional.softplus(tensor([0, 100])) // → tensor([  0.6931, 100.0000])
 */
export function softplus(x: Tensor, options: SoftplusOptions = {}): Tensor {
  checkTensor('softplus', 'input', x)
  const rule = 'a finite number other than 0'
  const { beta = 1 } = options
  checkNumbers('softplus', { beta }, rule, (n) => Number.isFinite(n) && n !== 0)
  return x.softplus(options)
}

/**
 * e^xᵢ / Σ e^xⱼ along `dim`: positive numbers that add up to 1.
 *
 * @throws IndexError where there is no such axis.
 * @example
 * functional.softmax(tensor([[1000, 1000]]), 1) // → tensor([[0.5000, 0.5000]])
 */
export function softmax(x: Tensor, dim: number): Tensor {
  checkTensor('softmax', 'input', x)
  return x.softmax(dim)
}

/**
 * ln softmax(x) along `dim`, without the detour over an e^x that could underflow.
 *
 * @throws IndexError where there is no such axis.
 * @example
 * functional.logSoftmax(tensor([[1000, 0]]), 1) // → tensor([[    0., -1000.]])
 */
export function logSoftmax(x: Tensor, dim: number): Tensor {
  checkTensor('logSoftmax', 'input', x)
  return x.logSoftmax(dim)
}
