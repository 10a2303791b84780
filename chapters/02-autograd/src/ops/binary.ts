import type { BinaryOp, ComparisonOp, LogicalOp } from '@deepdive/tensor'
import type { Op } from '../op.ts'
import type { Tensor } from '../tensor.ts'

/** y = a + b */
export const add: Op = {
  name: 'add',
  forward: (a, b) => a.binary('add', b),
  gradient: (grad) => [grad, grad],
}

/** y = a − b */
export const sub: Op = {
  name: 'sub',
  forward: (a, b) => a.binary('sub', b),
  gradient: (grad) => [grad, () => grad.neg()],
}

/** y = a · b, elementwise. */
export const mul: Op = {
  name: 'mul',
  forward: (a, b) => a.binary('mul', b),
  gradient: (grad, { inputs: [a, b] }) => [() => grad.mul(b), () => grad.mul(a)],
}

/** y = a / b, so that ∂y/∂b = −y / b. */
export const div: Op = {
  name: 'div',
  forward: (a, b) => a.binary('div', b),
  gradient: (grad, { inputs: [, b], output }) => [
    () => grad.div(b),
    () => grad.mul(output).div(b).neg(),
  ],
}

/**
 * y = aᵇ: ∂y/∂a = b · aᵇ⁻¹, where b = 0 must not meet the ∞ of 0⁻¹; ∂y/∂b = y · ln a,
 * which is 0 for a = 0.
 */
export const pow: Op = {
  name: 'pow',
  forward: (a, b) => a.binary('pow', b),
  gradient: (grad, { inputs: [a, b], output }) => [
    () => {
      const flat = b.requiresGrad ? b.eq(0).logicalAnd(a.eq(0)) : b.eq(0)
      return grad.mul(b.mul(a.pow(b.sub(1).maskedFill(flat, 0))))
    },
    () => grad.mul(output.mul(a.log())).maskedFill(a.eq(0).logicalAnd(b.ge(0)), 0),
  ],
}

/** y = a − ⌊a / b⌋ · b; the floor is a step function. */
export const remainder: Op = {
  name: 'remainder',
  forward: (a, b) => a.binary('remainder', b),
  gradient: (grad, { inputs: [a, b] }) => [
    grad,
    () => grad.mul(a.div(b).floor()).neg(),
  ],
}

/** y = max(a, b); equal operands share the gradient. */
export const maximum: Op = {
  name: 'maximum',
  forward: (a, b) => a.binary('maximum', b),
  gradient: (grad, { inputs: [a, b] }) => [
    () => share(grad, a.eq(b), a.lt(b)),
    () => share(grad, a.eq(b), b.lt(a)),
  ],
}

/** y = min(a, b); equal operands share the gradient. */
export const minimum: Op = {
  name: 'minimum',
  forward: (a, b) => a.binary('minimum', b),
  gradient: (grad, { inputs: [a, b] }) => [
    () => share(grad, a.eq(b), a.gt(b)),
    () => share(grad, a.eq(b), b.gt(a)),
  ],
}

/** All of it where an operand was taken, half where both were, 0 where it was not. */
function share(grad: Tensor, equal: Tensor, lost: Tensor): Tensor {
  return grad.mul(0.5).where(equal, grad).maskedFill(lost, 0)
}

/** A question: its answer has no slope. */
function question(name: ComparisonOp | LogicalOp): Op {
  return { name, forward: (a, b) => a.binary(name, b) }
}

/** The gradient of each function of two numbers. */
export const binaryOps: Record<BinaryOp, Op> = {
  add,
  sub,
  mul,
  div,
  pow,
  remainder,
  maximum,
  minimum,
  eq: question('eq'),
  ne: question('ne'),
  lt: question('lt'),
  le: question('le'),
  gt: question('gt'),
  ge: question('ge'),
  logicalAnd: question('logicalAnd'),
  logicalOr: question('logicalOr'),
  logicalXor: question('logicalXor'),
}
