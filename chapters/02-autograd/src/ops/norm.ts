import type { Dims } from '@deepdive/tensor'
import type { Op } from '../op.ts'

/**
 * y = (Σ |x|ᵖ)^(1/p): ∂x = grad · sign(x) · (|x| / y)ᵖ⁻¹, and 0 where that is not
 * finite. For p = 2 it is grad · x / y, which at x = 0 has a slope of its own.
 */
export const powerNorm = (p: number, dims: Dims, keepdim: boolean): Op => ({
  name: 'norm',
  forward: (x) =>
    x
      .abs()
      .pow(p)
      .sum(dims, { keepdim })
      .pow(1 / p),
  gradient: (grad, { inputs: [x] }) => {
    const y = x.norm(p, dims, { keepdim: true })
    const ratio = x.div(y)
    const power = ratio.abs().pow(p - 1)
    const slope = p === 2 ? ratio : x.sign().mul(power)
    const flat = p < 1 ? x.eq(0).logicalOr(y.eq(0)) : y.eq(0)
    return [grad.reshape(y.shape).mul(slope.maskedFill(flat, 0))]
  },
})
