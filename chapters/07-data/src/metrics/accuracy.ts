import { arange, stack, type Tensor, where } from '@deepdive/autograd'
import { checkCount, normalizeDim, ShapeError, ValueError } from '@deepdive/tensor'
import { type ClassOptions, classOptions, readGuesses } from './guesses.ts'
import { addUp, RunningMetric, type Tally } from './running-metric.ts'

export interface AccuracyOptions extends ClassOptions {
  /** How many of the likeliest classes may name the right one. Default: 1. */
  readonly topK?: number
}

/**
 * The share of samples whose class is named right: by the largest number of [N, C], or
 * by one of the `topK` largest.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const outputs = tensor([[0.1, 0.2, 0.7], [0.5, 0.4, 0.1]])
 * const targets = tensor([2, 1], { dtype: 'int32' })
 * const accuracy = new metrics.Accuracy()
 * accuracy.update(outputs, targets)
 * await accuracy.compute() // → 0.5
 * const top2 = new metrics.Accuracy({ topK: 2 })
 * top2.update(outputs, targets)
 * await top2.compute() // → 1
 */
export class Accuracy extends RunningMetric<number> {
  protected readonly name = 'Accuracy'
  readonly unit = '%'
  readonly #options: Required<ClassOptions>
  readonly #topK: number

  constructor(options: AccuracyOptions = {}) {
    super()
    this.#options = classOptions('Accuracy', options)
    const { topK = 1 } = options
    checkCount('Accuracy', { topK })
    this.#topK = topK
  }

  protected measure(output: Tensor, target: Tensor): Tensor {
    const read = readGuesses(this.name, output, target, this.#options)
    const { guesses, labels, counted, classes } = read
    if (this.#topK > classes) {
      throw new ShapeError(`Accuracy: topK is ${this.#topK}, of ${classes} classes`)
    }
    const right =
      this.#topK === 1
        ? guesses.eq(labels)
        : rankOf(where(counted, labels, 0), output, this.#options.dim).lt(this.#topK)
    return stack([right.logicalAnd(counted).sum(), counted.sum()])
  }

  protected merge(tally: Tally, batch: Tally): Tally {
    return addUp(tally, batch)
  }

  protected value([right, counted]: Tally): number {
    if (counted > 0) return right / counted
    throw new ValueError(
      `Accuracy: no target counts: all of them are ${this.#options.ignoreIndex}, the ` +
        'ignoreIndex, or there are none',
    )
  }
}

/**
 * How many classes come before that of the label: those with a larger number, and those
 * with the same that stand before it. A NaN is larger than all.
 */
function rankOf(labels: Tensor, output: Tensor, dim: number): Tensor {
  const axis = normalizeDim('Accuracy', dim, output.ndim)
  const places = labels.unsqueeze(axis)
  const own = output.gather(axis, places)
  const after = output.ndim - 1 - axis
  const classes = arange(output.size(axis), { device: output.device })
  const numbers = classes.reshape([-1, ...new Array<number>(after).fill(1)])
  const before = output.eq(own).logicalAnd(numbers.lt(places))
  return output.le(own).logicalNot().logicalOr(before).sum(axis)
}
