import { ValueError } from '@deepdive/tensor'
import { isBetter, type Mode, worst } from '../better.ts'
import { checkDecay, checkNotNegative, checkWhole, checkWord } from '../check-option.ts'
import type { Optimizer } from '../optimizer.ts'
import { withDefaults } from '../with-defaults.ts'
import { checkOptimizer } from './check-optimizer.ts'
import { forEachGroup } from './for-each-group.ts'

export interface ReduceLROnPlateauOptions {
  /** Whether the least or the greatest metric is best. Default: 'min'. */
  readonly mode?: Mode
  /** What the rate is multiplied by, below 1. Default: 0.1. */
  readonly factor?: number
  /** How many epochs in a row may be no better. Default: 10. */
  readonly patience?: number
  /** By how much a better metric must be better. Default: 1e-4. */
  readonly threshold?: number
  /** The threshold is a share of the best metric, or a difference. Default: 'rel'. */
  readonly thresholdMode?: 'rel' | 'abs'
  /** For how many epochs after a cut none counts as bad. Default: 0. */
  readonly cooldown?: number
  /** The least rate, of all groups or of each. Default: 0. */
  readonly minLr?: number | readonly number[]
  /** A cut by no more than this is not made. Default: 1e-8. */
  readonly eps?: number
}

const defaults: Required<ReduceLROnPlateauOptions> = {
  mode: 'min',
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: 'rel',
  cooldown: 0,
  minLr: 0,
  eps: 1e-8,
}

/** What a ReduceLROnPlateau has seen, by PyTorch's names. */
export interface PlateauStateDict {
  readonly last_epoch: number
  readonly best: number
  readonly num_bad_epochs: number
  readonly cooldown_counter: number
  readonly [name: string]: unknown
}

/**
 * Cuts the rate of every group, lr ← lr · factor, when a metric has not improved for
 * more than `patience` epochs. Unlike the other schedules, its step takes the metric.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 1 })
 * const schedule = new ReduceLROnPlateau(optimizer, { factor: 0.5, patience: 1 })
 * const rates = []
 * for (const loss of [0.9, 0.8, 0.8, 0.8, 0.7]) {
 *   schedule.step(loss)
 *   rates.push(optimizer.paramGroups[0].lr)
 * }
 * rates // → [1, 1, 1, 0.5, 0.5]
 */
export class ReduceLROnPlateau {
  readonly optimizer: Optimizer
  /** How often it has stepped. */
  lastEpoch = 0
  /** The best metric so far. */
  best: number
  #badEpochs = 0
  #cooldown = 0
  readonly #options: Required<ReduceLROnPlateauOptions>

  constructor(optimizer: Optimizer, options: ReduceLROnPlateauOptions = {}) {
    checkOptimizer('ReduceLROnPlateau', optimizer)
    this.optimizer = optimizer
    this.#options = withDefaults('ReduceLROnPlateau', defaults, options)
    check(this.#options)
    this.#minLrs()
    this.best = worst(this.#options.mode)
  }

  /** Found anew for each step, as groups may have been added. */
  #minLrs(): readonly number[] {
    const { minLr } = this.#options
    return forEachGroup('ReduceLROnPlateau', 'minLr', minLr, this.optimizer)
  }

  /**
   * Takes note of an epoch's metric, and cuts the rates if their time has come; a NaN
   * is never better.
   *
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ReduceLROnPlateau(optimizer, { mode: 'max', patience: 0 })
   * for (const accuracy of [0.9, 0.8]) schedule.step(accuracy)
   * schedule.getLastLr() // → [0.05]
   */
  step(metric: number): void {
    const minLrs = this.#minLrs()
    this.lastEpoch++
    const better = this.#isBetter(metric)
    if (better) this.best = metric
    this.#badEpochs = better ? 0 : this.#badEpochs + 1
    if (this.#cooldown > 0) {
      this.#cooldown--
      this.#badEpochs = 0
    }
    if (this.#badEpochs > this.#options.patience) {
      this.#cut(minLrs)
      this.#cooldown = this.#options.cooldown
      this.#badEpochs = 0
    }
  }

  #isBetter(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options
    const relative = thresholdMode === 'rel' && Number.isFinite(this.best)
    const margin = relative ? threshold * this.best : threshold
    return isBetter(mode, metric, this.best, margin)
  }

  #cut(minLrs: readonly number[]): void {
    const { factor, eps } = this.#options
    for (const [n, group] of this.optimizer.paramGroups.entries()) {
      const lr = Math.max(group.lr * factor, minLrs[n])
      if (group.lr - lr > eps) group.lr = lr
    }
  }

  /**
   * The rate of each group as it is now.
   *
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * new ReduceLROnPlateau(optimizer).getLastLr() // → [0.5]
   */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr)
  }

  /**
   * What the schedule has seen; the rates themselves are in the optimizer's state dict.
   *
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ReduceLROnPlateau(optimizer)
   * for (const loss of [0.3, 0.4]) schedule.step(loss)
   * schedule.stateDict()
   * // → { last_epoch: 2, best: 0.3, num_bad_epochs: 1, cooldown_counter: 0 }
   */
  stateDict(): PlateauStateDict {
    return {
      last_epoch: this.lastEpoch,
      best: this.best,
      num_bad_epochs: this.#badEpochs,
      cooldown_counter: this.#cooldown,
    }
  }

  /**
   * Goes on where a schedule stopped that was made alike, DeepDive's or PyTorch's.
   *
   * @throws ValueError where something is missing.
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ReduceLROnPlateau(optimizer)
   * const saved = { last_epoch: 2, best: 0.3, num_bad_epochs: 1, cooldown_counter: 0 }
   * schedule.loadStateDict(saved)
   * schedule.best // → 0.3
   */
  loadStateDict(saved: PlateauStateDict): void {
    const { last_epoch, best, num_bad_epochs, cooldown_counter } = saved
    checkWhole('ReduceLROnPlateau: loadStateDict', {
      last_epoch,
      num_bad_epochs,
      cooldown_counter,
    })
    if (typeof best !== 'number') {
      throw new ValueError(
        `ReduceLROnPlateau: loadStateDict: best is ${best}: it must be a number`,
      )
    }
    this.lastEpoch = last_epoch
    this.best = best
    this.#badEpochs = num_bad_epochs
    this.#cooldown = cooldown_counter
  }
}

function check(options: Required<ReduceLROnPlateauOptions>): void {
  const { mode, factor, patience, threshold, thresholdMode, cooldown, eps } = options
  checkWord('ReduceLROnPlateau', 'mode', mode, ['min', 'max'])
  checkDecay('ReduceLROnPlateau', { factor })
  checkWhole('ReduceLROnPlateau', { patience, cooldown })
  checkNotNegative('ReduceLROnPlateau', { threshold, eps })
  checkWord('ReduceLROnPlateau', 'thresholdMode', thresholdMode, ['rel', 'abs'])
}
