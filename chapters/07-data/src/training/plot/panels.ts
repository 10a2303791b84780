import type { EpochRecord, Scores } from '../history.ts'

/** One diagram of a picture: lines over the epochs. */
export interface Curves {
  readonly kind: 'curves'
  readonly title: string
  readonly epochs: readonly number[]
  readonly lines: readonly { readonly name: string; readonly values: number[] }[]
}

/** Another: how often each class (the rows) was taken for each (the columns). */
export interface Matrix {
  readonly kind: 'matrix'
  readonly title: string
  readonly rows: number[][]
}

/** The diagrams that a history fills: its loss, its metrics, its rates, in this order. */
export function panelsOf(epochs: readonly EpochRecord[]): (Curves | Matrix)[] {
  const numbers = epochs.map(({ epoch }) => epoch)
  const last = epochs[epochs.length - 1]
  const curves = (title: string, lines: Curves['lines']): Curves => {
    return { kind: 'curves', title, epochs: numbers, lines }
  }
  const panels = Object.keys(last.train).map((name): Curves | Matrix => {
    const score = (last.validation ?? last.train)[name]
    if (typeof score === 'number') return curves(name, scoreLines(epochs, name))
    return { kind: 'matrix', title: name, rows: score }
  })
  return [
    ...panels,
    ...rateLines(epochs).map((lines) => curves('learning rate', lines)),
  ]
}

/** A score while learning, and after each epoch on what is not learned from. */
function scoreLines(epochs: readonly EpochRecord[], name: string): Curves['lines'] {
  const line = (part: string, scores: readonly (Scores | undefined)[]) => {
    const values = scores.map((found) => found?.[name])
    const known = values.filter((value) => typeof value === 'number')
    return known.length === values.length ? [{ name: part, values: known }] : []
  }
  return [
    ...line(
      'train',
      epochs.map(({ train }) => train),
    ),
    ...line(
      'validation',
      epochs.map(({ validation }) => validation),
    ),
  ]
}

/** The learning rates, a line for each group of parameters, if they change at all. */
function rateLines(epochs: readonly EpochRecord[]): Curves['lines'][] {
  const groups = epochs[0].lr.map((_, n) => epochs.map(({ lr }) => lr[n]))
  const changes = groups.some((rates) => new Set(rates).size > 1)
  const nameOf = (n: number) => (groups.length === 1 ? 'rate' : `group ${n}`)
  return changes ? [groups.map((values, n) => ({ name: nameOf(n), values }))] : []
}
