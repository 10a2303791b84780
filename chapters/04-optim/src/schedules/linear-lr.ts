import { checkCount, checkShare } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { withDefaults } from '../with-defaults.ts'
import { ClosedFormLR } from './closed-form.ts'

export interface LinearLROptions {
  /** Default: 1/3. */
  readonly startFactor?: number
  /** Default: 1. */
  readonly endFactor?: number
  /** In how many epochs the factor goes from start to end. Default: 5. */
  readonly totalIters?: number
}

/**
 * A straight line from lr₀ · startFactor to lr₀ · endFactor, where it stays: a warm-up.
 *
 * @throws ValueError where a factor is not in [0, 1].
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 1 })
 * const schedule = new LinearLR(optimizer, { startFactor: 0.5, totalIters: 2 })
 * const rates = []
 * for (let t = 0; t < 4; t++, schedule.step()) rates.push(optimizer.paramGroups[0].lr)
 * rates // → [0.5, 0.75, 1, 1]
 */
export class LinearLR extends ClosedFormLR {
  constructor(optimizer: Optimizer, options: LinearLROptions = {}) {
    const defaults = { startFactor: 1 / 3, endFactor: 1, totalIters: 5 }
    const all = withDefaults('LinearLR', defaults, options)
    const { startFactor, endFactor, totalIters } = all
    checkShare('LinearLR', { startFactor, endFactor })
    checkCount('LinearLR', { totalIters })
    const progress = (t: number) => Math.min(t, totalIters) / totalIters
    super(optimizer, (t, start) => {
      return start * (startFactor + (endFactor - startFactor) * progress(t))
    })
  }
}
