import type { UnaryOp } from '@deepdive/tensor'
import { alongAxis, unrecorded } from '../one-pass.ts'
import type { Made, Op } from '../op.ts'
import type { Tensor } from '../tensor.ts'

type Rule = (grad: Tensor, x: Tensor, y: Tensor) => Tensor

/** y = f(x) with the gradient that `rule` gives from grad, x and y. */
function differentiable(name: UnaryOp, rule: Rule): Op {
  return {
    name,
    forward: (x) => x.unary(name),
    gradient: (grad, { inputs: [x], output }: Made) => [rule(grad, x, output)],
  }
}

/** 0, whatever x is: 0 · x would be NaN where x is infinite. */
const zero: Op = {
  name: 'zero',
  forward: (x) => x.newEmpty(x.shape),
  gradient: (grad) => [grad.apply(zero)],
}

/** A step function: its slope is 0 wherever it has one. */
function flat(name: UnaryOp): Op {
  return differentiable(name, (grad) => grad.apply(zero))
}

/** A question: its answer has no slope. */
function question(name: UnaryOp): Op {
  return { name, forward: (x) => x.unary(name) }
}

/** The derivative of each function of one number. */
export const unaryOps: Record<UnaryOp, Op> = {
  neg: differentiable('neg', (grad) => grad.neg()),
  abs: differentiable('abs', (grad, x) => grad.mul(x.sign())),
  sign: flat('sign'),
  floor: flat('floor'),
  ceil: flat('ceil'),
  round: flat('round'),
  trunc: flat('trunc'),
  /** (1/x)′ = −1/x² */
  reciprocal: differentiable('reciprocal', (grad, _, y) => grad.mul(y).mul(y).neg()),
  /** (√x)′ = 1 / 2√x */
  sqrt: differentiable('sqrt', (grad, _, y) => grad.div(y.mul(2))),
  /** (x^−½)′ = −½ · x^−3/2 */
  rsqrt: differentiable('rsqrt', (grad, _, y) => grad.mul(y.pow(3)).mul(-0.5)),
  exp: differentiable('exp', (grad, _, y) => grad.mul(y)),
  expm1: differentiable('expm1', (grad, _, y) => grad.mul(y.add(1))),
  log: differentiable('log', (grad, x) => grad.div(x)),
  log1p: differentiable('log1p', (grad, x) => grad.div(x.add(1))),
  sin: differentiable('sin', (grad, x) => grad.mul(x.cos())),
  cos: differentiable('cos', (grad, x) => grad.mul(x.sin().neg())),
  /** tanh′ = 1 − tanh² */
  tanh: differentiable('tanh', (grad, _, y) => grad.mul(y.square().neg().add(1))),
  /** σ′ = σ · (1 − σ) */
  sigmoid: differentiable('sigmoid', (grad, _, y) => grad.mul(y).mul(y.neg().add(1))),
  /** erf′ = 2/√π · e^(−x²) */
  erf: differentiable('erf', (grad, x) =>
    grad.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)),
  ),
  relu: differentiable('relu', (grad, x) => {
    const { reluGradient } = x.device.kernels
    return (
      unrecorded(grad, () =>
        alongAxis(reluGradient, x.ndim - 1, grad.array, x.array),
      ) ?? grad.newZeros([]).where(x.le(0), grad)
    )
  }),
  isnan: question('isnan'),
  logicalNot: question('logicalNot'),
}
