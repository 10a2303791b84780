import { checkWhole } from '../check-option.ts'
import type { Optimizer } from '../optimizer.ts'

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
 * Two schedules of one optimizer do not multiply: the last one to step has the say.
 * Join them by SequentialLR, or by one LambdaLR.
 */
export abstract class LRScheduler {
  readonly optimizer: Optimizer
  /** How often it has stepped. */
  lastEpoch = 0

  constructor(optimizer: Optimizer) {
    this.optimizer = optimizer
    for (const group of optimizer.paramGroups) group.initialLr ??= group.lr
  }

  /** Sets the rates that belong to an epoch. */
  protected abstract apply(epoch: number): void

  /**
   * Sets the rates of the next epoch.
   *
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ExponentialLR(optimizer, 0.5)
   * schedule.step()
   * optimizer.paramGroups[0].lr // → 0.25
   */
  step(): void {
    this.goTo(this.lastEpoch + 1)
  }

  /**
   * Sets the rates of a given epoch, forwards or backwards.
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
    this.apply(epoch)
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
   * Goes on where a schedule stopped that was made alike, DeepDive's or PyTorch's, and
   * sets the rates that belong there.
   *
   * @throws ValueError where it does not fit.
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new StepLR(optimizer, 10)
   * schedule.loadStateDict({ last_epoch: 10, base_lrs: [0.5] })
   * optimizer.paramGroups[0].lr // → 0.05
   */
  loadStateDict(saved: ScheduleStateDict): void {
    this.goTo(saved.last_epoch)
  }
}
