import { checkWhole, optionsOf, ValueError } from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { Dataset } from '../datasets/dataset.ts'
import { IterableDataset } from '../datasets/iterable-dataset.ts'
import type { Awaitable } from '../datasets/load-options.ts'
import type { RawDecoder } from '../images/raw-image.ts'
import { BatchSampler } from './batch-sampler.ts'
import type { Collated } from './collated.ts'
import { batchesByIndex, batchesInTurn } from './next-batch.ts'
import { checkOptions, type DataLoaderOptions } from './options.ts'
import { RandomSampler } from './random-sampler.ts'
import { drawSeed } from './random-stream.ts'
import { runAhead } from './run-ahead.ts'
import { type Sampler, SequentialSampler } from './sampler.ts'

/** Where a loader is: how many batches of which epoch it has given; and its seed. */
export interface DataLoaderStateDict {
  readonly epoch: number
  readonly batch: number
  readonly seed: number
}

/**
 * The samples of a data set in batches, one epoch in each loop. Batches are loaded
 * ahead of the one in use. A loop may be left at any time: the next one is the next
 * epoch.
 *
 * @throws ValueError where an option makes no sense.
 * @throws DataError, in the loop, that names the sample which cannot be had.
 * @example
 * const pairs = new TensorDataset(arange(5), tensor([5, 6, 7, 8, 9]))
 * const loader = new DataLoader(pairs, { batchSize: 2, shuffle: true, seed: 1 })
 * const seen = []
 * for await (const [x, y] of loader) seen.push(x.toArray())
 * seen // → [[4, 1], [2, 3], [0]]
 */
export class DataLoader<Sample, Batch = Collated<Sample>> {
  readonly dataset: Dataset<Sample> | IterableDataset<Sample>
  readonly #options: DataLoaderOptions<Sample, Batch>
  readonly #sampler: Sampler | undefined
  #seed: number
  #position = { epoch: 0, batch: 0 }
  /** Whether a loop has begun this epoch, so that the next loop is for the next one. */
  #begun = false

  constructor(
    dataset: Dataset<Sample> | IterableDataset<Sample>,
    options: DataLoaderOptions<Sample, Batch> = {},
  ) {
    const rule = 'a Dataset, or an IterableDataset: Dataset.from(list) makes one'
    checkKind('DataLoader', { dataset }, rule, (value) => {
      return value instanceof Dataset || value instanceof IterableDataset
    })
    checkOptions(options, !(dataset instanceof Dataset))
    this.dataset = dataset
    this.#options = options
    this.#sampler = options.sampler ?? options.batchSampler?.sampler
    this.#seed = options.seed ?? this.#sampler?.seed ?? drawSeed()
  }

  /**
   * How many batches an epoch has, once the length of the data set is known.
   *
   * @throws ValueError for an IterableDataset, whose end nobody knows.
   * @example
   * new DataLoader(Dataset.from([1, 2, 3]), { batchSize: 2 }).length // → 2
   */
  get length(): Awaitable<number> {
    const { dataset } = this
    if (dataset instanceof Dataset) {
      const { length } = dataset
      if (typeof length === 'number') return this.#batchSampler(length).length
      return length.then((known) => this.#batchSampler(known).length)
    }
    throw new ValueError(
      'DataLoader: how many batches a stream has is not known before',
    )
  }

  /** The batches of the next epoch, or what is left of one that was taken up. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
    const { numWorkers = 0, prefetch = 2 } = this.#options
    const position = this.#begin()
    const pool = numWorkers > 0 ? await makePool(numWorkers) : undefined
    try {
      const batches = await this.#batches(position, pool?.decoder)
      for await (const batch of runAhead(batches, prefetch)) {
        position.batch++
        yield batch
      }
    } finally {
      await pool?.close()
    }
    if (position !== this.#position) return
    this.#position = { epoch: position.epoch + 1, batch: 0 }
    this.#begun = false
  }

  /**
   * Where it is: in a loop, how many batches it has given, whatever is loaded ahead.
   *
   * @example
   * const loader = new DataLoader(Dataset.from([1, 2, 3]), { seed: 7 })
   * for await (const x of loader) if (x.item() === 2) break
   * loader.stateDict() // → { epoch: 0, batch: 2, seed: 7 }
   */
  stateDict(): DataLoaderStateDict {
    return { ...this.#position, seed: this.#seed }
  }

  /**
   * Goes on where a loader stopped that was made alike: the next loop gives what is
   * left of that epoch.
   *
   * @throws ValueError where the state makes no sense; then nothing has changed.
   * @example
   * const loader = new DataLoader(Dataset.from([1, 2, 3]))
   * loader.loadStateDict({ epoch: 0, batch: 2, seed: 7 })
   * for await (const x of loader) x.item() // 3 alone
   * loader.stateDict() // → { epoch: 1, batch: 0, seed: 7 }
   */
  loadStateDict(state: DataLoaderStateDict): void {
    const { epoch, batch, seed } = optionsOf('DataLoader: loadStateDict', state)
    checkWhole('DataLoader: loadStateDict', { epoch, batch, seed })
    this.#position = { epoch, batch }
    this.#begun = false
    this.#seed = seed
    if (this.#sampler?.seed !== undefined) this.#sampler.seed = seed
  }

  #begin() {
    if (this.#begun) this.#position = { epoch: this.#position.epoch + 1, batch: 0 }
    this.#begun = true
    return this.#position
  }

  async #batches(
    { epoch, batch }: { readonly epoch: number; readonly batch: number },
    decoder: RawDecoder | undefined,
  ): Promise<AsyncIterator<Batch, undefined>> {
    const { dataset } = this
    const plan = {
      options: this.#options,
      seed: this.#seed,
      epoch,
      ...(decoder && { decoder }),
    }
    if (dataset instanceof Dataset) {
      const sampler = this.#batchSampler(await dataset.length)
      return batchesByIndex(dataset, sampler, plan, batch)
    }
    return batchesInTurn(dataset, plan, batch)
  }

  #batchSampler(length: number): BatchSampler {
    const { batchSampler, batchSize = 1, dropLast = false, shuffle } = this.#options
    if (batchSampler) return batchSampler
    const sampler =
      this.#sampler ??
      (shuffle
        ? new RandomSampler({ length }, { seed: this.#seed })
        : new SequentialSampler({ length }))
    return new BatchSampler(sampler, batchSize, { dropLast })
  }
}

/** Workers are loaded where they are used alone. */
async function makePool(size: number) {
  const { DecoderPool } = await import('../workers/decoder-pool.ts')
  return new DecoderPool(size)
}
