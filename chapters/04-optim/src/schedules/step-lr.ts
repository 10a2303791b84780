import { checkCount, checkNotNegative } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { withDefaults } from '../with-defaults.ts'
import { ClosedFormLR } from './closed-form.ts'

/**
 * Stairs: lr = lr₀ · γ^⌊t / stepSize⌋, by default γ = 0.1.
 *
 * @throws ValueError where `stepSize` is no whole number ≥ 1.
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
 * const schedule = new StepLR(optimizer, 2, { gamma: 0.5 })
 * const rates = []
 * for (let t = 0; t < 5; t++, schedule.step()) rates.push(optimizer.paramGroups[0].lr)
 * rates // → [0.5, 0.5, 0.25, 0.25, 0.125]
 */
export class StepLR extends ClosedFormLR {
  constructor(
    optimizer: Optimizer,
    stepSize: number,
    options: { readonly gamma?: number } = {},
  ) {
    const { gamma } = withDefaults('StepLR', { gamma: 0.1 }, options)
    checkCount('StepLR', { stepSize })
    checkNotNegative('StepLR', { gamma })
    super(optimizer, (t, start) => start * gamma ** Math.floor(t / stepSize))
  }
}
