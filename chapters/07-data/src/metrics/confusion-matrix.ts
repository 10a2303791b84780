import { arange, cat, type Tensor } from '@deepdive/autograd'
import { type ClassOptions, checkStrays, classOptions, readGuesses } from './guesses.ts'
import { addUp, RunningMetric, type Tally } from './running-metric.ts'

/**
 * How often samples of each class (the rows) were taken for each class (the columns).
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const confusion = new metrics.ConfusionMatrix()
 * const outputs = tensor([[2, 1], [1, 2], [1, 2]])
 * confusion.update(outputs, tensor([0, 0, 1], { dtype: 'int32' }))
 * await confusion.compute() // → [[1, 1], [0, 1]]
 */
export class ConfusionMatrix extends RunningMetric<number[][]> {
  protected readonly name = 'ConfusionMatrix'
  readonly #options: Required<ClassOptions>

  constructor(options: ClassOptions = {}) {
    super()
    this.#options = classOptions('ConfusionMatrix', options)
  }

  /**
   * How many samples count, and the matrix: element [i, j] of Tᵀ · G, where a row of T
   * and of G has a 1 at the sample's class and at the class it is taken for.
   */
  protected measure(output: Tensor, target: Tensor): Tensor {
    const read = readGuesses(this.name, output, target, this.#options)
    const numbers = arange(read.classes, { device: output.device })
    const hot = (classes: Tensor) => classes.reshape([-1, 1]).eq(numbers)
    const counted = read.counted.reshape([-1, 1])
    const truth = hot(read.labels).logicalAnd(counted).to('float32')
    const matrix = truth.t().matmul(hot(read.guesses).to('float32'))
    return cat([counted.to('float32').sum(0), matrix.flatten()])
  }

  protected merge(tally: Tally, batch: Tally): Tally {
    return addUp(tally, batch)
  }

  protected value([counted, ...cells]: Tally): number[][] {
    const classes = Math.sqrt(cells.length)
    const known = cells.reduce((sum, cell) => sum + cell, 0)
    checkStrays(this.name, counted - known, counted, classes)
    return Array.from({ length: classes }, (_, row) =>
      cells.slice(row * classes, (row + 1) * classes),
    )
  }
}
