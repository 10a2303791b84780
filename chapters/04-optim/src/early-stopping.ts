import {
  checkCount,
  checkNotNegative,
  checkWhole,
  checkWord,
  ValueError,
} from '@deepdive/tensor'
import { checkMetric, isBetter, type Mode, readBest, worst } from './better.ts'
import { withDefaults } from './with-defaults.ts'

export interface EarlyStoppingOptions {
  /** After how many epochs in a row without improvement to stop. Default: 10. */
  readonly patience?: number
  /** By how much a better metric must be better. Default: 0. */
  readonly minDelta?: number
  /** Whether the least or the greatest metric is best. Default: 'min'. */
  readonly mode?: Mode
}

/** What an EarlyStopping has seen. */
export interface EarlyStoppingStateDict {
  readonly epoch: number
  /** The best metric so far; an infinite one where there was none, in JSON null. */
  readonly best: number | null
  readonly best_epoch: number
}

const defaults: Required<EarlyStoppingOptions> = {
  patience: 10,
  minDelta: 0,
  mode: 'min',
}

/**
 * Says when to stop training: when a metric, measured on data that is not trained on,
 * has not improved for `patience` epochs. Going on would only learn the training data
 * by heart. Save the model whenever `improved` is true, and you end with the best.
 *
 * Source: Prechelt 1998, "Early stopping, but when?".
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const stopping = new EarlyStopping({ patience: 2 })
 * let best = 'none'
 * for (const [epoch, loss] of [0.9, 0.5, 0.7, 0.6, 0.4].entries()) {
 *   const stop = stopping.step(loss)
 *   if (stopping.improved) best = `model after epoch ${epoch}`
 *   if (stop) break
 * }
 * best // → model after epoch 1
 */
export class EarlyStopping {
  /** The best metric so far. */
  best: number
  /** The epoch that had it, counted from 0; −1 before the first step. */
  bestEpoch = -1
  /** How many epochs it has seen. */
  epoch = 0
  readonly patience: number
  readonly minDelta: number
  readonly mode: Mode

  constructor(options: EarlyStoppingOptions = {}) {
    const { patience, minDelta, mode } = withDefaults(
      'EarlyStopping',
      defaults,
      options,
    )
    checkCount('EarlyStopping', { patience })
    checkNotNegative('EarlyStopping', { minDelta })
    checkWord('EarlyStopping', 'mode', mode, ['min', 'max'])
    this.patience = patience
    this.minDelta = minDelta
    this.mode = mode
    this.best = worst(mode)
  }

  /**
   * Takes note of an epoch's metric, and says whether to stop; a NaN is never better.
   *
   * @throws ValueError where the metric is no number, as a loss without `.item()`.
   * @example
   * const stopping = new EarlyStopping({ patience: 1, mode: 'max' })
   * stopping.step(0.8) // → false
   * stopping.step(0.7) // → true
   * stopping.best // → 0.8
   */
  step(metric: number): boolean {
    checkMetric('EarlyStopping', metric)
    const epoch = this.epoch++
    if (isBetter(this.mode, metric, this.best, this.minDelta)) {
      this.best = metric
      this.bestEpoch = epoch
    }
    return epoch - this.bestEpoch >= this.patience
  }

  /**
   * Whether the last step's metric is the best so far.
   *
   * @example
   * const stopping = new EarlyStopping()
   * stopping.step(0.5)
   * stopping.improved // → true
   */
  get improved(): boolean {
    return this.epoch > 0 && this.bestEpoch === this.epoch - 1
  }

  /**
   * What it has seen; what it was made with is not in it.
   *
   * @example
   * const stopping = new EarlyStopping()
   * for (const loss of [0.3, 0.4]) stopping.step(loss)
   * stopping.stateDict() // → { epoch: 2, best: 0.3, best_epoch: 0 }
   */
  stateDict(): EarlyStoppingStateDict {
    return { epoch: this.epoch, best: this.best, best_epoch: this.bestEpoch }
  }

  /**
   * Goes on where one stopped that was made alike.
   *
   * @throws ValueError where it makes no sense; then nothing has changed.
   * @example
   * const stopping = new EarlyStopping({ patience: 2 })
   * stopping.loadStateDict({ epoch: 2, best: 0.3, best_epoch: 0 })
   * stopping.step(0.4) // → true
   */
  loadStateDict({ epoch, best, best_epoch }: EarlyStoppingStateDict): void {
    const what = 'EarlyStopping: loadStateDict'
    checkWhole(what, { epoch })
    if (!(Number.isInteger(best_epoch) && best_epoch >= -1 && best_epoch < epoch)) {
      throw new ValueError(
        `${what}: best_epoch is ${best_epoch}: it must be a whole number from -1 to ` +
          `${epoch - 1}`,
      )
    }
    this.best = readBest(what, this.mode, best)
    this.epoch = epoch
    this.bestEpoch = best_epoch
  }
}
