import { ValueError } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { LRScheduler, type ScheduleStateDict } from './lr-scheduler.ts'

/** The rate of a group in an epoch, from the rate that the group started from. */
export type LRRule = (epoch: number, baseLr: number, group: number) => number

/**
 * A schedule that says each epoch's rate without knowing the one before: all but
 * ReduceLROnPlateau are of this kind. A subclass hands its rule to the constructor.
 */
export abstract class ClosedFormLR extends LRScheduler {
  /** The rate of each group that the rule starts from. */
  baseLrs: readonly number[]
  readonly #rule: LRRule

  constructor(optimizer: Optimizer, rule: LRRule) {
    super(optimizer)
    this.baseLrs = optimizer.paramGroups.map(({ lr, initialLr = lr }) => initialLr)
    this.#rule = rule
    this.#setRates(0)
  }

  #setRates(epoch: number): void {
    const groups = this.optimizer.paramGroups
    const rates = groups.map((_, n) => this.#rule(epoch, this.baseLrs[n], n))
    const bad = rates.find((rate) => !(Number.isFinite(rate) && rate >= 0))
    if (bad !== undefined) {
      throw new ValueError(
        `${this.constructor.name}: the rate of epoch ${epoch} would be ${bad}: it must be ` +
          'a number ≥ 0',
      )
    }
    for (const [n, group] of groups.entries()) group.lr = rates[n]
  }

  protected apply(epoch: number): void {
    this.#setRates(epoch)
  }

  override stateDict(): ScheduleStateDict {
    return { ...super.stateDict(), base_lrs: [...this.baseLrs] }
  }

  override loadStateDict(saved: ScheduleStateDict): void {
    const { base_lrs: rates = [] } = saved
    if (rates.length !== this.baseLrs.length) {
      throw new ValueError(
        `${this.constructor.name}: loadStateDict: its base_lrs are for ` +
          `${rates.length} groups, but the optimizer has ${this.baseLrs.length}`,
      )
    }
    this.baseLrs = [...rates]
    super.loadStateDict(saved)
  }
}
