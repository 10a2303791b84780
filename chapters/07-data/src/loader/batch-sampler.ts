import { checkCount, optionsOf } from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { Sampler } from './sampler.ts'

export interface BatchSamplerOptions {
  /** Whether to leave out a last batch that is not full. Default: false. */
  readonly dropLast?: boolean
}

/**
 * The order of a sampler, cut into batches. Extend it to make up batches by a rule of
 * your own.
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * const batches = new BatchSampler(new SequentialSampler({ length: 5 }), 2)
 * batches.length // → 3
 * Array.from(batches.order(0)) // → [[0, 1], [2, 3], [4]]
 */
export class BatchSampler {
  readonly sampler: Sampler
  readonly batchSize: number
  readonly dropLast: boolean

  constructor(sampler: Sampler, batchSize: number, options: BatchSamplerOptions = {}) {
    const { dropLast = false } = optionsOf('BatchSampler', options)
    checkKind('BatchSampler', { sampler }, 'a Sampler', (value) => {
      return value instanceof Sampler
    })
    checkCount('BatchSampler', { batchSize })
    this.sampler = sampler
    this.batchSize = batchSize
    this.dropLast = dropLast
  }

  /**
   * How many batches an epoch has.
   *
   * @example
   * const sampler = new SequentialSampler({ length: 5 })
   * new BatchSampler(sampler, 2, { dropLast: true }).length // → 2
   */
  get length(): number {
    const batches = this.sampler.length / this.batchSize
    return this.dropLast ? Math.floor(batches) : Math.ceil(batches)
  }

  /**
   * The batches of an epoch, each a list of indices.
   *
   * @example
   * const [first] = new BatchSampler(new SequentialSampler({ length: 5 }), 3).order(0)
   * first // → [0, 1, 2]
   */
  *order(epoch: number): Iterable<readonly number[]> {
    let batch: number[] = []
    for (const index of this.sampler.order(epoch)) {
      batch.push(index)
      if (batch.length < this.batchSize) continue
      yield batch
      batch = []
    }
    if (batch.length > 0 && !this.dropLast) yield batch
  }
}
