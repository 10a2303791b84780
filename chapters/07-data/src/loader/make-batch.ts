import type { Dataset } from '../datasets/dataset.ts'
import type { RawDecoder } from '../images/raw-image.ts'
import { collateNamed } from './collate.ts'
import type { Collated } from './collated.ts'
import { loading, nameSamples } from './load-error.ts'
import type { DataLoaderOptions } from './options.ts'
import { randomStream } from './random-stream.ts'
import { settleAll } from './settle-all.ts'

/** The n-th batch of an epoch, and how it is made. */
export interface BatchPlan<Sample, Batch> {
  readonly options: DataLoaderOptions<Sample, Batch>
  readonly seed: number
  readonly epoch: number
  readonly n: number
  /** What decodes the images of samples, if it is not done here. */
  readonly decoder?: RawDecoder
}

/**
 * The samples at `indices` as a batch. They are all begun at once, so that files are
 * read side by side.
 *
 * @throws DataError that names the sample which cannot be had.
 */
export async function loadBatch<Sample, Batch>(
  dataset: Dataset<Sample>,
  indices: readonly number[],
  plan: BatchPlan<Sample, Batch>,
): Promise<Batch> {
  const { getBatch } = dataset
  const { seed, epoch, decoder } = plan
  if (getBatch && !plan.options.collateFn) {
    const options = decoder ? { decoder } : {}
    const load = () => getBatch.call(dataset, indices, options)
    const batch = await loading(nameSamples(indices), load)
    return transformed(batchFrom(batch), indices, plan)
  }
  const samples = indices.map((index) => {
    const generator = randomStream(seed, 'sample', epoch, index)
    const options = { generator, ...(decoder && { decoder }) }
    const load = () => dataset.get(index, options)
    return loading(`sample ${index}`, load)
  })
  return makeBatch(await settleAll(samples), indices, plan)
}

/** A batch of samples, which have been loaded from `indices`. */
export async function makeBatch<Sample, Batch>(
  samples: Sample[],
  indices: readonly number[],
  plan: BatchPlan<Sample, Batch>,
): Promise<Batch> {
  const { collateFn } = plan.options
  const batch: Batch = collateFn
    ? await loading(nameSamples(indices), () => collateFn(samples))
    : batchFrom(collateNamed('DataLoader', samples, (n) => `sample ${indices[n]}`))
  return transformed(batch, indices, plan)
}

async function transformed<Sample, Batch>(
  batch: Batch,
  indices: readonly number[],
  { options: { transform }, seed, epoch, n }: BatchPlan<Sample, Batch>,
): Promise<Batch> {
  if (!transform) return batch
  const generator = randomStream(seed, 'batch', epoch, n)
  return loading(nameSamples(indices), () => transform(batch, { generator }))
}

/**
 * A loader without a collateFn makes batches of this type, which its own type forgets.
 */
function batchFrom<Sample, Batch>(collated: Collated<Sample>): Batch {
  return collated as unknown as Batch
}
