import type { Dataset } from '../datasets/dataset.ts'
import type { IterableDataset } from '../datasets/iterable-dataset.ts'
import type { BatchSampler } from './batch-sampler.ts'
import { cannotLoad } from './load-error.ts'
import { type BatchPlan, loadBatch, makeBatch } from './make-batch.ts'

type Plan<Sample, Batch> = Omit<BatchPlan<Sample, Batch>, 'n'>

const end = { done: true, value: undefined } as const

/** The batches of an epoch from number `first` on. */
export function batchesByIndex<Sample, Batch>(
  dataset: Dataset<Sample>,
  sampler: BatchSampler,
  plan: Plan<Sample, Batch>,
  first: number,
): AsyncIterator<Batch, undefined> {
  const order = sampler.order(plan.epoch)[Symbol.iterator]()
  for (let n = 0; n < first; n++) order.next()
  let n = first
  return {
    async next() {
      const { value: indices, done } = order.next()
      if (done) return end
      const value = await loadBatch(dataset, indices, { ...plan, n: n++ })
      return { done: false, value }
    },
    async return() {
      order.return?.()
      return end
    },
  }
}

/** The samples of a stream; where one does not come, the error says which. */
async function* counted<Sample>(
  stream: IterableDataset<Sample>,
): AsyncGenerator<Sample> {
  let index = 0
  try {
    for await (const sample of stream) {
      yield sample
      index++
    }
  } catch (error) {
    throw cannotLoad(`sample ${index}`, error)
  }
}

/**
 * The batches of a stream from number `first` on: those before are read and dropped.
 */
export async function* batchesInTurn<Sample, Batch>(
  dataset: IterableDataset<Sample>,
  plan: Plan<Sample, Batch>,
  first: number,
): AsyncGenerator<Batch, undefined> {
  const { batchSize = 1, dropLast = false } = plan.options
  let samples: Sample[] = []
  let index = 0
  const batch = () => {
    const start = index - samples.length
    const indices = samples.map((_, n) => start + n)
    return makeBatch(samples, indices, { ...plan, n: Math.floor(start / batchSize) })
  }
  for await (const sample of counted(dataset)) {
    samples.push(sample)
    index++
    if (samples.length < batchSize) continue
    if (index > first * batchSize) yield await batch()
    samples = []
  }
  if (samples.length > 0 && !dropLast && index > first * batchSize) yield await batch()
}
