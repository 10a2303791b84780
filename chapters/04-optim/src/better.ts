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
