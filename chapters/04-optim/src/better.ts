import { describeValue, ValueError } from '@deepdive/tensor'

/** Whether the least or the greatest metric is best: a loss, or an accuracy. */
export type Mode = 'min' | 'max'

/** What any metric is better than. */
export function worst(mode: Mode): number {
  return mode === 'min' ? Infinity : -Infinity
}

/** Whether a metric is better than the best by more than `margin`; a NaN is not. */
export function isBetter(
  mode: Mode,
  metric: number,
  best: number,
  margin: number,
): boolean {
  return mode === 'min' ? metric < best - margin : metric > best + margin
}

/** Refuses a metric that is no number, as a loss that is still a tensor. */
export function checkMetric(owner: string, metric: unknown): void {
  if (typeof metric === 'number') return
  throw new ValueError(
    `${owner}: the metric is ${describeValue(metric)}, not a number: pass loss.item()`,
  )
}

/** The best metric of a state dict; null is what JSON makes of none, an Infinity. */
export function readBest(what: string, mode: Mode, best: unknown): number {
  if (best === null) return worst(mode)
  if (typeof best === 'number' && !Number.isNaN(best)) return best
  throw new ValueError(`${what}: best is ${describeValue(best)}, not a number`)
}
