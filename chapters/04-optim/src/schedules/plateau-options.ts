import { checkDecay, checkNotNegative, checkWhole, checkWord } from '@deepdive/tensor'
import type { Mode } from '../better.ts'
import { withDefaults } from '../with-defaults.ts'

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

export type PlateauSettings = Required<ReduceLROnPlateauOptions>

const defaults: PlateauSettings = {
  mode: 'min',
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: 'rel',
  cooldown: 0,
  minLr: 0,
  eps: 1e-8,
}

/** All options of ReduceLROnPlateau; refuses those that make no sense. */
export function plateauSettings(options: ReduceLROnPlateauOptions): PlateauSettings {
  const settings = withDefaults('ReduceLROnPlateau', defaults, options)
  const { mode, factor, patience, threshold, thresholdMode, cooldown, eps } = settings
  checkWord('ReduceLROnPlateau', 'mode', mode, ['min', 'max'])
  checkDecay('ReduceLROnPlateau', { factor })
  checkWhole('ReduceLROnPlateau', { patience, cooldown })
  checkNotNegative('ReduceLROnPlateau', { threshold, eps })
  checkWord('ReduceLROnPlateau', 'thresholdMode', thresholdMode, ['rel', 'abs'])
  return settings
}
