import { checkFunction, checkKind, isIterable } from './check-kind.ts'
import type { Awaitable } from './load-options.ts'

/**
 * Samples that come one after another, from a stream for instance, and may have no end.
 * They cannot be shuffled by a loader, nor asked for by number.
 *
 * @example
 * class Countdown extends IterableDataset {
 *   async *[Symbol.asyncIterator]() {
 *     for (let n = 3; n > 0; n--) yield n
 *   }
 * }
 * const batches = []
 * for await (const batch of new DataLoader(new Countdown(), { batchSize: 2 })) {
 *   batches.push(batch.toArray())
 * }
 * batches // → [[3, 2], [1]]
 */
export abstract class IterableDataset<Sample> {
  abstract [Symbol.asyncIterator](): AsyncIterator<Sample>

  /**
   * What `change` makes of each sample.
   *
   * @example
   * const tens = IterableDataset.from([1, 2]).map((x) => 10 * x)
   * await tens[Symbol.asyncIterator]().next() // → { value: 10, done: false }
   */
  map<Changed>(
    change: (sample: Sample) => Awaitable<Changed>,
  ): IterableDataset<Changed> {
    checkFunction('IterableDataset.map', { change })
    const samples = this
    return IterableDataset.from({
      async *[Symbol.asyncIterator]() {
        for await (const sample of samples) yield await change(sample)
      },
    })
  }

  /**
   * The samples that `keep` is true for.
   *
   * @example
   * const odd = IterableDataset.from([2, 3]).filter((x) => x % 2 === 1)
   * await odd[Symbol.asyncIterator]().next() // → { value: 3, done: false }
   */
  filter(keep: (sample: Sample) => Awaitable<boolean>): IterableDataset<Sample> {
    checkFunction('IterableDataset.filter', { keep })
    const samples = this
    return IterableDataset.from({
      async *[Symbol.asyncIterator]() {
        for await (const sample of samples) if (await keep(sample)) yield sample
      },
    })
  }

  /**
   * The items of anything that can be walked through, anew each time.
   *
   * @example
   * const letters = IterableDataset.from(['a', 'b'])
   * await letters[Symbol.asyncIterator]().next() // → { value: 'a', done: false }
   */
  static from<Item>(
    items: Iterable<Item> | AsyncIterable<Item>,
  ): IterableDataset<Item> {
    checkKind('IterableDataset', { items }, 'something to walk through', isIterable)
    return new Walked(items)
  }
}

class Walked<Item> extends IterableDataset<Item> {
  readonly #items: Iterable<Item> | AsyncIterable<Item>

  constructor(items: Iterable<Item> | AsyncIterable<Item>) {
    super()
    this.#items = items
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    yield* this.#items
  }
}
