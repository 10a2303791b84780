import { checkWhole } from '@deepdive/tensor'
import { checkMetric, isBetter, readBest, worst } from '../better.ts'
import type { Optimizer } from '../optimizer.ts'
import { checkOptimizer } from './check-optimizer.ts'
import { forEachGroup } from './for-each-group.ts'
import {
  type PlateauSettings,
  plateauSettings,
  type ReduceLROnPlateauOptions,
} from './plateau-options.ts'

/** What a ReduceLROnPlateau has seen, by PyTorch's names. */
export interface PlateauStateDict {
  readonly last_epoch: number
  /** The best metric so far; an infinite one where there was none, in JSON null. */
  readonly best: number | null
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
  readonly #options: PlateauSettings

  constructor(optimizer: Optimizer, options: ReduceLROnPlateauOptions = {}) {
    checkOptimizer('ReduceLROnPlateau', optimizer)
    this.optimizer = optimizer
    this.#options = plateauSettings(options)
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
   * @throws ValueError where the metric is no number, as a loss without `.item()`.
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ReduceLROnPlateau(optimizer, { mode: 'max', patience: 0 })
   * for (const accuracy of [0.9, 0.8]) schedule.step(accuracy)
   * schedule.getLastLr() // → [0.05]
   */
  step(metric: number): void {
    checkMetric('ReduceLROnPlateau', metric)
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
   * @throws ValueError where something is missing; then nothing has changed.
   * @example
   * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
   * const schedule = new ReduceLROnPlateau(optimizer)
   * const saved = { last_epoch: 2, best: 0.3, num_bad_epochs: 1, cooldown_counter: 0 }
   * schedule.loadStateDict(saved)
   * schedule.best // → 0.3
   */
  loadStateDict(saved: PlateauStateDict): void {
    const what = 'ReduceLROnPlateau: loadStateDict'
    const { last_epoch, num_bad_epochs, cooldown_counter } = saved
    checkWhole(what, { last_epoch, num_bad_epochs, cooldown_counter })
    this.best = readBest(what, this.#options.mode, saved.best)
    this.lastEpoch = last_epoch
    this.#badEpochs = num_bad_epochs
    this.#cooldown = cooldown_counter
  }
}
