import type { Op } from '../op.ts'

/** y = condition ? a : b */
export const where: Op = {
  name: 'where',
  forward: (condition, a, b) => a.where(condition, b),
  gradient: (grad, { inputs: [condition] }) => [
    null,
    () => grad.where(condition, 0),
    () => grad.maskedFill(condition, 0),
  ],
}

/** y = min(max(x, low), high); the bounds themselves still let the gradient through. */
export const clamp = (low: number | null, high: number | null): Op => ({
  name: 'clamp',
  settings: { low, high },
  forward: (x) => x.clamp(low, high),
  gradient: (grad, { inputs: [x] }) => {
    const inside = x.ge(low ?? -Infinity).logicalAnd(x.le(high ?? Infinity))
    return [grad.where(inside, 0)]
  },
})

/** y = x on and below a diagonal, 0 above it; so the gradient. */
export const tril = (diagonal: number): Op => ({
  name: 'tril',
  settings: { diagonal },
  forward: (x) => x.tril(diagonal),
  gradient: (grad) => [grad.tril(diagonal)],
})

/** y = x on and above a diagonal, 0 below it; so the gradient. */
export const triu = (diagonal: number): Op => ({
  name: 'triu',
  settings: { diagonal },
  forward: (x) => x.triu(diagonal),
  gradient: (grad) => [grad.triu(diagonal)],
})
