import type { Dims } from '@deepdive/tensor'
import type { Op } from '../op.ts'

/**
 * y = (Σ |x|ᵖ)^(1/p): ∂x = grad · sign(x) · (|x| / y)ᵖ⁻¹, and 0 where y or x is 0. For
 * p = 2 it is grad · x / y, which at x = 0 has a slope of its own. What is 0 is replaced
 * before a power or a quotient could make it infinite, for the second derivative's sake.
 */
export const powerNorm = (p: number, dims: Dims, keepdim: boolean): Op => ({
  name: 'norm',
  settings: { p, dims, keepdim },
  forward: (x) =>
    x
      .abs()
      .pow(p)
      .sum(dims, { keepdim })
      .pow(1 / p),
  gradient: (grad, { inputs: [x] }) => {
    const y = x.norm(p, dims, { keepdim: true })
    const flat = y.eq(0)
    const ratio = x.div(y.maskedFill(flat, 1))
    const power = ratio
      .maskedFill(x.eq(0), 1)
      .abs()
      .pow(p - 1)
    const slope = p === 2 ? ratio : x.sign().mul(power)
    return [grad.reshape(y.shape).mul(slope.maskedFill(flat, 0))]
  },
})

/** y = how many x are not 0, which has no slope; PyTorch sends nothing back either. */
export const countNonzero = (dims: Dims, keepdim: boolean): Op => ({
  name: 'norm',
  settings: { p: 0, dims, keepdim },
  forward: (x) => x.ne(0).to('float32').sum(dims, { keepdim }),
  gradient: () => [null],
})
