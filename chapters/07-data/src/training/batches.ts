import { Tensor } from '@deepdive/autograd'
import { type Device, describeValue, ValueError } from '@deepdive/tensor'

/** Batches one after another, as a list or a DataLoader gives them. */
export type BatchSource<Batch> = Iterable<Batch> | AsyncIterable<Batch>

/**
 * The batches of each epoch: a source that one can go through again and again, or a
 * function that makes one.
 */
export type Batches<Batch> = BatchSource<Batch> | (() => BatchSource<Batch>)

/** What goes into a model, and what should come out. */
export type Split<Target> = readonly [
  inputs: Tensor | readonly Tensor[],
  target: Target,
]

/** The batches of one epoch. */
export function sourceOf<Batch>(batches: Batches<Batch>): BatchSource<Batch> {
  return typeof batches === 'function' ? batches() : batches
}

/** All batches but the first few; `whenThere` is called before the next is asked for. */
export async function* batchesFrom<Batch>(
  source: BatchSource<Batch>,
  skip: number,
  whenThere: () => void,
): AsyncGenerator<Batch> {
  let seen = 0
  if (skip === 0) whenThere()
  for await (const batch of source) {
    if (seen >= skip) yield batch
    seen++
    if (seen === skip) whenThere()
  }
}

/** How many batches there are, if that is known before they come. */
export async function countOf<Batch>(
  source: BatchSource<Batch>,
): Promise<number | undefined> {
  // A loader of a stream has a length that throws.
  try {
    const count = 'length' in source ? await source.length : undefined
    return typeof count === 'number' ? count : undefined
  } catch {
    return undefined
  }
}

/** A batch that is a pair, by default. */
export function splitPair<Batch, Target>(owner: string, batch: Batch): Split<Target>
export function splitPair(owner: string, batch: unknown): unknown {
  if (Array.isArray(batch) && batch.length === 2) return batch
  const found = Array.isArray(batch)
    ? `a list of ${batch.length}`
    : describeValue(batch)
  throw new ValueError(
    `${owner}: a batch is ${found}: it must be a pair [inputs, target], or else say by ` +
      'split: (batch) => [inputs, target] which is which',
  )
}

/** The same lists and objects with their tensors on a device. */
export function moved<Value>(value: Value, device: Device): Value
export function moved(value: unknown, device: Device): unknown {
  if (value instanceof Tensor) return value.to(device)
  if (Array.isArray(value)) return value.map((item) => moved(item, device))
  if (value?.constructor !== Object) return value
  const entries = Object.entries(value)
  return Object.fromEntries(entries.map(([key, item]) => [key, moved(item, device)]))
}

/** The inputs of a model, one or several, as a list. */
export function listed(inputs: Tensor | readonly Tensor[]): readonly Tensor[] {
  return inputs instanceof Tensor ? [inputs] : inputs
}

/** How many samples a batch has, by its first input. */
export function sizeOf(inputs: Tensor | readonly Tensor[]): number {
  const [first] = listed(inputs)
  return first.ndim === 0 ? 1 : first.size(0)
}
