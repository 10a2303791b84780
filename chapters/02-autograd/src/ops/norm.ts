import type { Dims } from '@deepdive/tensor'
import type { Op } from '../op.ts'

/** y = (Σ |x|ᵖ)^(1/p): ∂x = grad · sign(x) · (|x| / y)ᵖ⁻¹, and 0 where y is 0. */
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
    const slope = x.sign().mul(
      x
        .abs()
        .div(y)
        .pow(p - 1),
    )
    return [grad.reshape(y.shape).mul(slope.maskedFill(y.eq(0), 0))]
  },
})
