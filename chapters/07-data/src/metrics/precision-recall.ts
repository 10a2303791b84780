import { arange, cat, type Tensor } from '@deepdive/autograd'
import { checkWord } from '@deepdive/tensor'
import { type ClassOptions, checkStrays, classOptions, readGuesses } from './guesses.ts'
import { addUp, RunningMetric, type Tally } from './running-metric.ts'

export interface ClassScoreOptions extends ClassOptions {
  /**
   * How the scores of several classes become one: `macro` is their mean, `weighted`
   * that by how often each occurs, `micro` counts all classes as one. Default: macro.
   */
  readonly average?: 'macro' | 'weighted' | 'micro'
}

/** How often a class was named, how often it was right to, and how often it occurred. */
interface Counts {
  readonly hits: number
  readonly named: number
  readonly occurred: number
}

/**
 * A score of each class by its counts. Of outputs that say yes or no the score of yes
 * counts alone; a class that neither occurs nor is named counts nowhere.
 */
abstract class ClassScore extends RunningMetric<number> {
  readonly unit = '%'
  readonly #options: Required<ClassOptions>
  readonly #average: NonNullable<ClassScoreOptions['average']>

  constructor(owner: string, options: ClassScoreOptions) {
    super()
    this.#options = classOptions(owner, options)
    const { average = 'macro' } = options
    checkWord(owner, 'average', average, ['macro', 'weighted', 'micro'])
    this.#average = average
  }

  /** The score of a class that occurs or is named. */
  protected abstract score(counts: Counts): number

  /** [hits, named, occurred] of the first class, of the second, … */
  protected measure(output: Tensor, target: Tensor): Tensor {
    const read = readGuesses(this.name, output, target, this.#options)
    const yesOrNo = output.ndim === target.ndim
    const numbers = arange(read.classes, { device: output.device })
    const wanted = yesOrNo ? numbers.slice(0, 1, 2) : numbers
    const counted = read.counted.reshape([-1, 1])
    const named = read.guesses.reshape([-1, 1]).eq(wanted).logicalAnd(counted)
    const occurred = read.labels.reshape([-1, 1]).eq(wanted).logicalAnd(counted)
    const counts = [named.logicalAnd(occurred), named, occurred]
    return cat(counts.map((mask) => mask.sum(0, { keepdim: true })))
      .t()
      .flatten()
  }

  protected merge(tally: Tally, batch: Tally): Tally {
    return addUp(tally, batch)
  }

  protected value(tally: Tally): number {
    const classes = countsOf(tally)
    const all = together(classes)
    if (tally.length > 3) {
      checkStrays(this.name, all.named - all.occurred, all.named, tally.length / 3)
    }
    if (this.#average === 'micro') return this.score(all)
    const weightOf = ({ occurred }: Counts) =>
      this.#average === 'macro' ? 1 : occurred
    const weights = classes.reduce((sum, counts) => sum + weightOf(counts), 0)
    const scores = classes.map((counts) => weightOf(counts) * this.score(counts))
    return ratio(
      scores.reduce((sum, score) => sum + score, 0),
      weights,
    )
  }
}

/** The counts of all classes that occur or are named. */
function countsOf(tally: Tally): Counts[] {
  const count = tally.length / 3
  return Array.from({ length: count }, (_, n) => {
    const [hits, named, occurred] = tally.slice(3 * n, 3 * n + 3)
    return { hits, named, occurred }
  }).filter(({ named, occurred }) => named + occurred > 0)
}

function together(classes: readonly Counts[]): Counts {
  return classes.reduce(
    (sum, { hits, named, occurred }) => ({
      hits: sum.hits + hits,
      named: sum.named + named,
      occurred: sum.occurred + occurred,
    }),
    { hits: 0, named: 0, occurred: 0 },
  )
}

/** a / b, and 0 where there is nothing to divide by, as scikit-learn. */
function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b
}

/**
 * How often it is right to name a class: hits / named, 0 for a class never named.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const precision = new metrics.Precision()
 * precision.update(tensor([2, 1, -1]), tensor([1, 0, 1])) // yes, yes, no
 * await precision.compute() // → 0.5
 */
export class Precision extends ClassScore {
  protected readonly name = 'Precision'

  constructor(options: ClassScoreOptions = {}) {
    super('Precision', options)
  }

  protected score({ hits, named }: Counts): number {
    return ratio(hits, named)
  }
}

/**
 * How many of a class are found: hits / occurred, 0 for a class that never occurred.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const recall = new metrics.Recall()
 * recall.update(tensor([2, 1, -1]), tensor([1, 0, 1])) // yes, yes, no
 * await recall.compute() // → 0.5
 */
export class Recall extends ClassScore {
  protected readonly name = 'Recall'

  constructor(options: ClassScoreOptions = {}) {
    super('Recall', options)
  }

  protected score({ hits, occurred }: Counts): number {
    return ratio(hits, occurred)
  }
}

/**
 * The harmonic mean of precision and recall: 2 · hits / (named + occurred).
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const f1 = new metrics.F1Score()
 * f1.update(tensor([2, 1, -3, -1]), tensor([1, 0, 1, 1])) // yes, yes, no, no
 * await f1.compute() // → 0.4
 */
export class F1Score extends ClassScore {
  protected readonly name = 'F1Score'

  constructor(options: ClassScoreOptions = {}) {
    super('F1Score', options)
  }

  protected score({ hits, named, occurred }: Counts): number {
    return ratio(2 * hits, named + occurred)
  }
}
