import type { Op } from '../op.ts'

/**
 * y = ln(1 + e^(βx)) / β, computed as max(βx, 0) + ln(1 + e^−|βx|), which cannot
 * overflow: ∂x = grad · σ(βx). Above the threshold it is x itself.
 */
export const softplus = (beta: number, threshold: number): Op => ({
  name: 'softplus',
  settings: { beta, threshold },
  forward: (x) => {
    const scaled = x.mul(beta)
    const smooth = scaled.relu().add(scaled.abs().neg().exp().log1p())
    return x.where(scaled.gt(threshold), smooth.div(beta))
  },
  gradient: (grad, { inputs: [x] }) => {
    const scaled = x.mul(beta)
    return [grad.where(scaled.gt(threshold), grad.mul(scaled.sigmoid()))]
  },
})
