import { cat, type Tensor, tensor } from '@deepdive/autograd'
import { optionsOf, ValueError } from '@deepdive/tensor'
import { checkAlike } from './check-alike.ts'
import { addUp, RunningMetric, type Tally } from './running-metric.ts'

export interface MeanSquaredErrorOptions {
  /** Whether to leave the root undrawn. Default: true. */
  readonly squared?: boolean
}

/**
 * The mean of (output − target)² over all elements, or its root, which is in the units
 * of the target.
 *
 * @example
 * const error = new metrics.MeanSquaredError({ squared: false })
 * error.update(tensor([1, 2, 3]), tensor([4, 5, 6]))
 * await error.compute() // → 3
 */
export class MeanSquaredError extends RunningMetric<number> {
  protected readonly name = 'MeanSquaredError'
  readonly #squared: boolean

  constructor(options: MeanSquaredErrorOptions = {}) {
    super()
    const { squared = true } = optionsOf('MeanSquaredError', options)
    this.#squared = squared
  }

  protected measure(output: Tensor, target: Tensor): Tensor {
    checkAlike(this.name, output, target)
    const count = tensor([output.numel()], { device: output.device })
    return cat([output.sub(target).square().sum().reshape([1]), count])
  }

  protected merge(tally: Tally, batch: Tally): Tally {
    return addUp(tally, batch)
  }

  protected value([sum, count]: Tally): number {
    if (count > 0) return this.#squared ? sum / count : Math.sqrt(sum / count)
    throw new ValueError(
      'MeanSquaredError: all batches were empty, so that there is no mean',
    )
  }
}
