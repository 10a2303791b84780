import { checkDecay, checkPositive, ValueError } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import type { ParamGroup } from '../settings.ts'
import { withDefaults } from '../with-defaults.ts'
import { checkOptimizer } from './check-optimizer.ts'
import { asRuled, ClosedFormLR, type LRRule } from './closed-form.ts'
import { type CycleOptions, makeCycle } from './cycle.ts'
import { forEachGroup } from './for-each-group.ts'

/** The length and the form of the cycle, and what goes up and down. */
export interface OneCycleLROptions extends CycleOptions {
  /** Move the momentum (of Adam: β₁) against the rate. Default: true. */
  readonly cycleMomentum?: boolean
  /** The least momentum, of all groups or of each. Default: 0.85. */
  readonly baseMomentum?: number | readonly number[]
  /** The greatest momentum, of all groups or of each. Default: 0.95. */
  readonly maxMomentum?: number | readonly number[]
  /** The first rate is maxLr / divFactor. Default: 25. */
  readonly divFactor?: number
  /** The last rate is the first one / finalDivFactor. Default: 10,000. */
  readonly finalDivFactor?: number
}

/**
 * One cycle over the whole training, stepped after each batch: up from a small rate to
 * `maxLr` and down to almost nothing, while the momentum falls and rises against it.
 *
 *     max   ┤   ╭──╮
 *     first ┤ ╭─╯  ╰──╮
 *     last  ┤         ╰───────
 *           0  pctStart      totalSteps − 1
 *
 * Source: Smith & Topin 2018, "Super-convergence: very fast training of neural networks
 * using large learning rates".
 *
 * @throws ValueError where an option makes no sense, or a step leads beyond the end.
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { momentum: 0.9 })
 * const options = { totalSteps: 5, pctStart: 0.6, divFactor: 4, finalDivFactor: 10 }
 * const schedule = new OneCycleLR(optimizer, 1, options)
 * const rates = []
 * for (let t = 0; t < 5; t++, schedule.step()) rates.push(optimizer.paramGroups[0].lr)
 * tensor(rates) // → tensor([0.2500, 0.6250, 1.0000, 0.5125, 0.0250])
 */
export class OneCycleLR extends ClosedFormLR {
  readonly #momenta: () => readonly Momenta[]
  readonly #valueAt: ReturnType<typeof makeCycle>

  constructor(
    optimizer: Optimizer,
    maxLr: number | readonly number[],
    options: OneCycleLROptions = {},
  ) {
    checkOptimizer('OneCycleLR', optimizer)
    const defaults = { divFactor: 25, finalDivFactor: 1e4 }
    const { divFactor, finalDivFactor } = withDefaults('OneCycleLR', defaults, options)
    checkPositive('OneCycleLR', { divFactor, finalDivFactor })
    const valueAt = makeCycle(options)
    // A group may be added later: found anew for each step, and here to refuse at once.
    const momenta = () => {
      return options.cycleMomentum === false ? [] : momentaOf(optimizer, options)
    }
    const first = momenta()
    const rule: LRRule = (step, _start, group) => {
      const max = forEachGroup('OneCycleLR', 'maxLr', maxLr, optimizer)[group]
      const start = max / divFactor
      const rates = { first: start, max, last: start / finalDivFactor }
      return valueAt(step, ({ lr }) => rates[lr])
    }
    super(optimizer, rule, asRuled)
    this.#momenta = momenta
    this.#valueAt = valueAt
    this.#setMomenta(first, 0)
  }

  protected override apply(step: number, stepping: boolean): void {
    const momenta = this.#momenta()
    super.apply(step, stepping)
    this.#setMomenta(momenta, step)
  }

  #setMomenta(momenta: readonly Momenta[], step: number): void {
    for (const [n, bounds] of momenta.entries()) {
      const value = this.#valueAt(step, ({ momentum }) => bounds[momentum])
      setMomentum(this.optimizer.paramGroups[n], value)
    }
  }
}

/** The least and the greatest momentum of a group. */
interface Momenta {
  readonly base: number
  readonly max: number
}

function momentaOf(
  optimizer: Optimizer,
  { baseMomentum = 0.85, maxMomentum = 0.95 }: OneCycleLROptions,
): Momenta[] {
  const bases = forEachGroup('OneCycleLR', 'baseMomentum', baseMomentum, optimizer)
  const maxima = forEachGroup('OneCycleLR', 'maxMomentum', maxMomentum, optimizer)
  return bases.map((base, n) => {
    const max = maxima[n]
    checkDecay('OneCycleLR', { baseMomentum: base, maxMomentum: max })
    if (hasBetas(optimizer.paramGroups[n]) || hasMomentum(optimizer.paramGroups[n])) {
      return { base, max }
    }
    throw new ValueError(
      `OneCycleLR: ${optimizer.constructor.name} has no momentum to cycle: pass ` +
        '{ cycleMomentum: false }',
    )
  })
}

function hasBetas(group: ParamGroup): group is ParamGroup & { betas: number[] } {
  return 'betas' in group && Array.isArray(group.betas)
}

function hasMomentum(group: ParamGroup): group is ParamGroup & { momentum: number } {
  return 'momentum' in group
}

function setMomentum(group: ParamGroup, momentum: number): void {
  if (hasBetas(group)) group.betas = [momentum, group.betas[1]]
  else if (hasMomentum(group)) group.momentum = momentum
}
