export type { Metric } from './metric.ts'
export { RunningMetric, type Tally } from './running-metric.ts'
export type { ClassOptions } from './guesses.ts'
export { Accuracy, type AccuracyOptions } from './accuracy.ts'
export {
  type ClassScoreOptions,
  F1Score,
  Precision,
  Recall,
} from './precision-recall.ts'
export { ConfusionMatrix } from './confusion-matrix.ts'
export { MeanSquaredError, type MeanSquaredErrorOptions } from './mean-squared-error.ts'
export { R2Score } from './r2-score.ts'
