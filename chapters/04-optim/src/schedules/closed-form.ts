import { checkNotNegative, ValueError } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { LRScheduler, type ScheduleStateDict } from './lr-scheduler.ts'

/** The rate of a group in an epoch, from the rate that the group started from. */
export type LRRule = (epoch: number, baseLr: number, group: number) => number

/** The next rate, from the rate now and from the rule's of this epoch and the next. */
export type LRStep = (lr: number, before: number, after: number) => number

/**
 * By as much as the rule changes, so that what others made of the rate is not undone. No
 * factor leads away from 0: there it is a difference.
 */
export const byFactor: LRStep = (lr, before, after) => {
  return before === 0 ? lr + after : lr * (after / before)
}

/** As the rule says, whatever the rate is now. */
export const asRuled: LRStep = (_lr, _before, after) => after

/**
 * A schedule that says each epoch's rate without knowing the one before: all but
 * ReduceLROnPlateau are of this kind. A subclass hands its rule to the constructor, and
 * how to step on where the rate is not the rule's, since another schedule or you
 * changed it.
 */
export abstract class ClosedFormLR extends LRScheduler {
  #baseLrs: readonly number[] = []
  readonly #rule: LRRule
  readonly #step: LRStep

  constructor(optimizer: Optimizer, rule: LRRule, step: LRStep = byFactor) {
    super(optimizer)
    this.#rule = rule
    this.#step = step
    this.#setRates(0, this.baseLrs)
  }

  /**
   * The rate of each group that the rule starts from. A group that was added later
   * starts from the rate that it had then.
   *
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ExponentialLR(optimizer, 0.5)
   * schedule.step()
   * schedule.baseLrs // → [0.5]
   */
  get baseLrs(): readonly number[] {
    return this.optimizer.paramGroups.map(({ lr, initialLr = lr }, n) => {
      return this.#baseLrs[n] ?? initialLr
    })
  }

  protected apply(epoch: number, stepping: boolean): void {
    const relative = stepping && this.#step !== asRuled
    this.#setRates(epoch, relative ? this.#ratesOf(this.lastEpoch) : null)
  }

  #ratesOf(epoch: number): number[] {
    return this.baseLrs.map((baseLr, n) => this.#rule(epoch, baseLr, n))
  }

  /** Sets the rates of an epoch; `before` are the rule's of the present epoch. */
  #setRates(epoch: number, before: readonly number[] | null): void {
    const [groups, baseLrs] = [this.optimizer.paramGroups, this.baseLrs]
    const rates = this.#ratesOf(epoch).map((after, n) => {
      // Where nobody changed the rate, the rule is followed to the last bit.
      if (before === null || groups[n].lr === before[n]) return after
      return this.#step(groups[n].lr, before[n], after)
    })
    this.#checkRates(epoch, rates)
    this.#baseLrs = baseLrs
    for (const [n, group] of groups.entries()) {
      group.initialLr ??= baseLrs[n]
      group.lr = rates[n]
    }
  }

  #checkRates(epoch: number, rates: readonly number[]): void {
    const bad = rates.find((rate) => !(Number.isFinite(rate) && rate >= 0))
    if (bad === undefined) return
    throw new ValueError(
      `${this.constructor.name}: the rate of epoch ${epoch} would be ${bad}: it must ` +
        'be a number ≥ 0',
    )
  }

  override stateDict(): ScheduleStateDict {
    return { ...super.stateDict(), base_lrs: [...this.baseLrs] }
  }

  override checkStateDict(saved: ScheduleStateDict): void {
    super.checkStateDict(saved)
    const what = `${this.constructor.name}: loadStateDict`
    const { base_lrs: rates = [] } = saved
    if (rates.length !== this.baseLrs.length) {
      throw new ValueError(
        `${what}: its base_lrs are for ${rates.length} groups, but the optimizer has ` +
          `${this.baseLrs.length}`,
      )
    }
    for (const rate of rates) checkNotNegative(what, { base_lrs: rate })
  }

  override loadStateDict(saved: ScheduleStateDict): void {
    super.loadStateDict(saved)
    this.#baseLrs = [...(saved.base_lrs ?? [])]
  }
}
