import { checkNotNegative, checkWhole } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { withDefaults } from '../with-defaults.ts'
import { ClosedFormLR } from './closed-form.ts'

/**
 * Stairs at given epochs: lr = lr₀ · γ^(number of milestones ≤ t), by default γ = 0.1.
 *
 * @throws ValueError where a milestone is no whole number ≥ 0.
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
 * const schedule = new MultiStepLR(optimizer, [1, 4], { gamma: 0.5 })
 * const rates = []
 * for (let t = 0; t < 5; t++, schedule.step()) rates.push(optimizer.paramGroups[0].lr)
 * rates // → [0.5, 0.25, 0.25, 0.25, 0.125]
 */
export class MultiStepLR extends ClosedFormLR {
  constructor(
    optimizer: Optimizer,
    milestones: readonly number[],
    options: { readonly gamma?: number } = {},
  ) {
    const { gamma } = withDefaults('MultiStepLR', { gamma: 0.1 }, options)
    for (const milestone of milestones) checkWhole('MultiStepLR', { milestone })
    checkNotNegative('MultiStepLR', { gamma })
    const passed = (t: number) =>
      milestones.filter((milestone) => milestone <= t).length
    super(optimizer, (t, start) => start * gamma ** passed(t))
  }
}
