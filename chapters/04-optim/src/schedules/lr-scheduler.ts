import { checkWhole } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { checkOptimizer } from './check-optimizer.ts'

/** Where a schedule stands, by PyTorch's names. */
export interface ScheduleStateDict {
  readonly last_epoch: number
  /** The rate of each group that the schedule started from. */
  readonly base_lrs?: readonly number[]
  /** Those of a SequentialLR's parts. */
  readonly _schedulers?: readonly ScheduleStateDict[]
  readonly [name: string]: unknown
}

/**
 * Changes the learning rates of an optimizer's groups as training goes on. Step it
 * after the optimizer: after each epoch or each batch, as it counts.
 *
 * Several schedules of one optimizer work together, each stepped as often as it counts:
 * most of them multiply the rate that they find, so that a warm-up and a
 * ReduceLROnPlateau both have their say. LambdaLR and OneCycleLR do not: they set their
 * rate whatever it was. SequentialLR runs schedules one after another.
 */
export abstract class LRScheduler {
  readonly optimizer: Optimizer
  /** How often it has stepped. */
  lastEpoch = 0

  constructor(optimizer: Optimizer) {
    checkOptimizer(this.constructor.name, optimizer)
    this.optimizer = optimizer
  }

  /**
   * Sets the rates of an epoch: by what they are now, where a step leads there from the
   * epoch before, or else whatever they are.
   */
  protected abstract apply(epoch: number, stepping: boolean): void

  /**
   * Sets the rates of the next epoch; where something else changed a rate, that stays
   * in it as a factor.
   *
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ExponentialLR(optimizer, 0.5)
   * schedule.step()
   * optimizer.paramGroups[0].lr // → 0.25
   */
  step(): void {
    this.apply(this.lastEpoch + 1, true)
    this.lastEpoch++
  }

  /**
   * Sets the rates of a given epoch, forwards or backwards, whatever they are now.
   *
   * @throws ValueError where `epoch` is no whole number ≥ 0.
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ExponentialLR(optimizer, 0.5)
   * schedule.goTo(3)
   * schedule.getLastLr() // → [0.0625]
   */
  goTo(epoch: number): void {
    checkWhole(this.constructor.name, { epoch })
    this.apply(epoch, false)
    this.lastEpoch = epoch
  }

  /**
   * The rate of each group as it is now.
   *
   * @example
   * const [w, b] = [1, 2].map((value) => tensor(value, { requiresGrad: true }))
   * const optimizer = new SGD([{ params: [w] }, { params: [b], lr: 0.5 }], { lr: 0.1 })
   * new StepLR(optimizer, 10).getLastLr() // → [0.1, 0.5]
   */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr)
  }

  /**
   * Where the schedule stands; what it was made with is not in it.
   *
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new StepLR(optimizer, 10)
   * schedule.step()
   * schedule.stateDict() // → { last_epoch: 1, base_lrs: [0.5] }
   */
  stateDict(): ScheduleStateDict {
    return { last_epoch: this.lastEpoch }
  }

  /**
   * Refuses a state dict that this schedule cannot load, and changes nothing.
   *
   * @throws ValueError where it does not fit.
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new StepLR(optimizer, 10)
   * schedule.checkStateDict({ last_epoch: -3, base_lrs: [0.5] })
   * // throws ValueError: StepLR: loadStateDict: last_epoch is -3
   */
  checkStateDict({ last_epoch }: ScheduleStateDict): void {
    checkWhole(`${this.constructor.name}: loadStateDict`, { last_epoch })
  }

  /**
   * Goes on where a schedule stopped that was made alike, DeepDive's or PyTorch's. The
   * rates themselves are in the optimizer's state dict: make the schedule, then load
   * both.
   *
   * @throws ValueError where it does not fit; then nothing has changed.
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new StepLR(optimizer, 10)
   * schedule.loadStateDict({ last_epoch: 9, base_lrs: [0.5] })
   * schedule.step()
   * optimizer.paramGroups[0].lr // → 0.05
   */
  loadStateDict(saved: ScheduleStateDict): void {
    this.checkStateDict(saved)
    this.lastEpoch = saved.last_epoch
  }
}
