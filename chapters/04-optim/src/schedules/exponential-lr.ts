import { checkNotNegative } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { ClosedFormLR } from './closed-form.ts'

/**
 * A constant factor each epoch: lr = lr₀ · γᵗ.
 *
 * @throws ValueError where `gamma` is negative.
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
 * const schedule = new ExponentialLR(optimizer, 0.5)
 * const rates = []
 * for (let t = 0; t < 4; t++, schedule.step()) rates.push(optimizer.paramGroups[0].lr)
 * rates // → [0.5, 0.25, 0.125, 0.0625]
 */
export class ExponentialLR extends ClosedFormLR {
  constructor(optimizer: Optimizer, gamma: number) {
    checkNotNegative('ExponentialLR', { gamma })
    super(optimizer, (t, start) => start * gamma ** t)
  }
}
