import {
  checkCount,
  checkNames,
  checkWhole,
  optionsOf,
  ValueError,
} from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import type { Awaitable, LoadOptions } from '../datasets/load-options.ts'
import { BatchSampler } from './batch-sampler.ts'
import { Sampler } from './sampler.ts'

export interface DataLoaderOptions<Sample, Batch> {
  /** How many samples make a batch. Default: 1. */
  readonly batchSize?: number
  /** Whether each epoch has an order of its own, at random. Default: false. */
  readonly shuffle?: boolean
  /** The order of samples, in place of `shuffle`. */
  readonly sampler?: Sampler
  /** Which samples make which batch, in place of all that says so above. */
  readonly batchSampler?: BatchSampler
  /** Whether to leave out a last batch that is not full. Default: false. */
  readonly dropLast?: boolean
  /** Makes a batch of samples. Default: `collate`. */
  readonly collateFn?: (samples: Sample[]) => Awaitable<Batch>
  /** Changes each batch, once it is made; `options` may be handed on to `rand`, say. */
  readonly transform?: (batch: Batch, options: LoadOptions) => Awaitable<Batch>
  /**
   * How many workers decode the images of samples, which a stream decodes itself.
   * Default: 0, as it is done here.
   */
  readonly numWorkers?: number
  /** How many batches are loaded ahead of the one in use. Default: 2. */
  readonly prefetch?: number
  /**
   * What order, and what samples and batches draw, start from. Default: the sampler's,
   * or else drawn from the generator that `manualSeed` starts.
   */
  readonly seed?: number
}

const owner = 'DataLoader'

const known: Record<keyof DataLoaderOptions<unknown, unknown>, true> = {
  batchSize: true,
  shuffle: true,
  sampler: true,
  batchSampler: true,
  dropLast: true,
  collateFn: true,
  transform: true,
  numWorkers: true,
  prefetch: true,
  seed: true,
}

/** Refuses options that make no sense, or not beside one another. */
export function checkOptions<Sample, Batch>(
  options: DataLoaderOptions<Sample, Batch>,
  isIterable: boolean,
): void {
  const {
    batchSize = 1,
    prefetch = 2,
    seed = 0,
    numWorkers = 0,
  } = optionsOf(owner, options)
  checkNames(owner, options, known)
  checkCount(owner, { batchSize })
  checkWhole(owner, { prefetch, seed, numWorkers })
  const { shuffle, sampler, batchSampler } = options
  checkGiven({ sampler }, 'a Sampler', (value) => value instanceof Sampler)
  const isBatchSampler = (value: unknown) => value instanceof BatchSampler
  checkGiven({ batchSampler }, 'a BatchSampler', isBatchSampler)
  const { collateFn, transform } = options
  checkGiven({ collateFn, transform }, 'a function', (value) => {
    return typeof value === 'function'
  })
  if (isIterable) {
    const ordered = { shuffle: shuffle || undefined, sampler, batchSampler }
    refuse(ordered, 'an IterableDataset gives its samples in an order of its own')
    const workers = { numWorkers: numWorkers || undefined }
    refuse(workers, 'an IterableDataset makes its samples itself')
  }
  if (sampler) {
    refuse({ shuffle: shuffle || undefined }, 'the sampler says the order')
    const second = sampler.seed === undefined ? undefined : options.seed
    refuse({ seed: second }, 'the sampler has a seed')
  }
  if (batchSampler) {
    const { batchSize, dropLast } = options
    const others = { batchSize, shuffle, sampler, dropLast }
    refuse(others, 'the batchSampler says what makes a batch')
  }
}

/** Refuses what is given and of another kind. */
function checkGiven(
  options: Readonly<Record<string, unknown>>,
  rule: string,
  holds: (value: unknown) => boolean,
): void {
  checkKind(owner, options, rule, (value) => value === undefined || holds(value))
}

/** Refuses the first of the options that is given. */
function refuse(options: object, reason: string): void {
  const name = Object.entries(options).find(([, value]) => value !== undefined)?.[0]
  if (name === undefined) return
  throw new ValueError(`${owner}: ${name} does not go here, as ${reason}: leave it out`)
}
