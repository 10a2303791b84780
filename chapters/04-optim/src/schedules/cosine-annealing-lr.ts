import { checkCount, checkNotNegative } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { withDefaults } from '../with-defaults.ts'
import { byFactor, ClosedFormLR, type LRRule, type LRStep } from './closed-form.ts'

/**
 * Half a cosine wave down from lr₀ to ηmin = `etaMin` (default 0) in T = `tMax` epochs,
 * and as long up again after that:
 *
 *     lr = ηmin + (lr₀ − ηmin) · (1 + cos(π t / T)) / 2
 *
 * Source: Loshchilov & Hutter 2017, "SGDR: stochastic gradient descent with warm
 * restarts", equation 5, without the restarts.
 *
 * @throws ValueError where `tMax` is no whole number ≥ 1.
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 1 })
 * const schedule = new CosineAnnealingLR(optimizer, 4)
 * const rates = []
 * for (let t = 0; t < 5; t++, schedule.step()) rates.push(optimizer.paramGroups[0].lr)
 * tensor(rates) // → tensor([1.0000, 0.8536, 0.5000, 0.1464, 0.0000])
 */
export class CosineAnnealingLR extends ClosedFormLR {
  constructor(
    optimizer: Optimizer,
    tMax: number,
    options: { readonly etaMin?: number } = {},
  ) {
    const { etaMin } = withDefaults('CosineAnnealingLR', { etaMin: 0 }, options)
    checkCount('CosineAnnealingLR', { tMax })
    checkNotNegative('CosineAnnealingLR', { etaMin })
    const height = (t: number) => (1 + Math.cos((Math.PI * t) / tMax)) / 2
    const rule: LRRule = (t, start) => etaMin + (start - etaMin) * height(t)
    const step: LRStep = (lr, before, after) =>
      etaMin + byFactor(lr - etaMin, before - etaMin, after - etaMin)
    super(optimizer, rule, step)
  }
}
