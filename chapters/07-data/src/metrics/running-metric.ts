import { checkTensor, noGrad, type Tensor } from '@deepdive/autograd'
import { checkSameDevice, ShapeError, ValueError } from '@deepdive/tensor'
import type { Metric } from './metric.ts'

/** What a metric knows of the batches so far: a few numbers, in double precision. */
export type Tally = readonly number[]

/**
 * A metric that boils each batch down to a few numbers on the batch's own device, and
 * merges these into a tally in ordinary memory. A GPU is not waited for: what is read
 * arrives later, in its order, and `compute` waits for the last.
 */
export abstract class RunningMetric<Value> implements Metric<Value> {
  #tally: Promise<Tally> = Promise.resolve([])

  /** What messages call it. */
  protected abstract readonly name: string

  /** What one batch says, as a tensor of a few numbers. */
  protected abstract measure(output: Tensor, target: Tensor): Tensor

  /** What two parts of the batches say together. */
  protected abstract merge(tally: Tally, batch: Tally): Tally

  /** The metric of all batches. */
  protected abstract value(tally: Tally): Value

  /**
   * Takes in one batch.
   *
   * @throws ShapeError, DTypeError where output and target do not fit.
   * @example
   * const accuracy = new metrics.Accuracy()
   * accuracy.update(tensor([[0.1, 0.9]]), tensor([1], { dtype: 'int32' }))
   * await accuracy.compute() // → 1
   */
  update(output: Tensor, target: Tensor): void {
    checkTensor(this.name, 'output', output)
    checkTensor(this.name, 'target', target)
    checkSameDevice(this.name, output.array, target.array)
    const numbers = noGrad(() => this.measure(output, target)).cpu()
    this.#tally = Promise.all([this.#tally, numbers]).then(([tally, read]) => {
      const batch = Array.from(read.toTypedArray())
      if (tally.length === 0) return batch
      checkLength(this.name, tally, batch)
      return this.merge(tally, batch)
    })
    // Whoever computes hears of an error; nobody else need.
    this.#tally.catch(() => {})
  }

  /**
   * What all batches since the last reset say together.
   *
   * @throws ValueError where there was none.
   * @example
   * const error = new metrics.MeanSquaredError()
   * error.update(tensor([1, 2]), tensor([1, 4]))
   * error.update(tensor([3, 3]), tensor([3, 3]))
   * await error.compute() // → 1
   */
  async compute(): Promise<Value> {
    const tally = await this.#tally
    if (tally.length > 0) return this.value(tally)
    throw new ValueError(`${this.name}: there was no batch yet: call update first`)
  }

  /**
   * Forgets all batches.
   *
   * @example
   * const accuracy = new metrics.Accuracy()
   * accuracy.update(tensor([[0.1, 0.9]]), tensor([0], { dtype: 'int32' }))
   * accuracy.reset()
   * accuracy.update(tensor([[0.1, 0.9]]), tensor([1], { dtype: 'int32' }))
   * await accuracy.compute() // → 1
   */
  reset(): void {
    this.#tally = Promise.resolve([])
  }

  /**
   * What it knows so far, as JSON can hold it.
   *
   * @example
   * const accuracy = new metrics.Accuracy()
   * accuracy.update(tensor([[0.1, 0.9]]), tensor([1], { dtype: 'int32' }))
   * await accuracy.stateDict() // → [1, 1]
   */
  stateDict(): Promise<Tally> {
    return this.#tally
  }

  /**
   * Goes on from what a metric knew that was made alike.
   *
   * @example
   * const accuracy = new metrics.Accuracy()
   * accuracy.loadStateDict([3, 4])
   * await accuracy.compute() // → 0.75
   */
  loadStateDict(tally: Tally): void {
    this.#tally = Promise.resolve([...tally])
  }
}

/** Sums of several parts of the batches are added up. */
export function addUp(tally: Tally, batch: Tally): Tally {
  return tally.map((sum, place) => sum + batch[place])
}

function checkLength(owner: string, tally: Tally, batch: Tally): void {
  if (tally.length === batch.length) return
  throw new ShapeError(
    `${owner}: a batch of ${batch.length} numbers came after batches of ` +
      `${tally.length}: all must have the same classes or columns`,
  )
}
