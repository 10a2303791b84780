import type { Collated } from '../loader/collated.ts'
import { checkIndex } from './check-index.ts'
import { checkFunction, checkKind, isList } from './check-kind.ts'
import type { Awaitable, Change, LoadOptions } from './load-options.ts'

/**
 * Samples by number: how many there are, and how to get each. Both may take their time.
 * Extend it for data of your own; a `DataLoader` makes batches of it.
 *
 * @example
 * class Squares extends Dataset {
 *   length = 5
 *   get(index) {
 *     return index * index
 *   }
 * }
 * await new Squares().map((x) => x + 1).get(3) // → 10
 */
export abstract class Dataset<Sample> {
  /**
   * How many samples there are.
   *
   * @example
   * Dataset.from(['a', 'b']).length // → 2
   */
  abstract get length(): Awaitable<number>

  /**
   * The sample at `index`, from 0. What it draws at random, it draws from the generator
   * of the options.
   *
   * @example
   * Dataset.from(['a', 'b']).get(1) // → b
   */
  abstract get(index: number, options?: LoadOptions): Awaitable<Sample>

  /**
   * The samples at all of `indices` as the batch that they make, where this is cheaper
   * to make at once than of single samples.
   *
   * @example
   * new TensorDataset(tensor([5, 6, 7])).getBatch([2, 0]) // → [tensor([7., 5.])]
   */
  getBatch?(
    indices: readonly number[],
    options?: LoadOptions,
  ): Awaitable<Collated<Sample>>

  /**
   * The items of a list as a data set.
   *
   * @example
   * Dataset.from(['a', 'b']).length // → 2
   */
  static from<Item>(items: readonly Item[]): Listed<Item> {
    checkKind('Dataset', { items }, 'a list', Array.isArray)
    return new Listed(items)
  }

  /**
   * What `change` makes of each sample, whenever it is asked for.
   *
   * @example
   * await Dataset.from([1, 2]).map((x) => [x, 10 * x]).get(1) // → [2, 20]
   */
  map<Changed>(change: Change<Sample, Changed>): Dataset<Changed> {
    checkFunction('Dataset.map', { change })
    return new Mapped(this, change)
  }

  /**
   * The samples that `keep` is true for. Each is looked at once, now.
   *
   * @example
   * const odd = await Dataset.from([1, 2, 3]).filter((x) => x % 2 === 1)
   * odd.length // → 2
   */
  async filter(
    keep: (sample: Sample, index: number) => Awaitable<boolean>,
  ): Promise<Subset<Sample>> {
    checkFunction('Dataset.filter', { keep })
    const kept: number[] = []
    const length = await this.length
    for (let index = 0; index < length; index++) {
      if (await keep(await this.get(index), index)) kept.push(index)
    }
    return new Subset(this, kept)
  }
}

/**
 * The samples of another data set at a list of indices, which may name one twice.
 *
 * @example
 * const letters = Dataset.from(['a', 'b', 'c'])
 * await new Subset(letters, [2, 0]).get(0) // → c
 */
export class Subset<Sample> extends Dataset<Sample> {
  readonly dataset: Dataset<Sample>
  readonly indices: ArrayLike<number>

  constructor(dataset: Dataset<Sample>, indices: ArrayLike<number>) {
    super()
    checkDataset('Subset', dataset)
    checkKind('Subset', { indices }, 'a list of numbers', isList)
    this.dataset = dataset
    this.indices = indices
    const batch = dataset.getBatch?.bind(dataset)
    if (!batch) return
    this.getBatch = (places, options) => {
      return batch(
        places.map((n) => this.#placeOf(n)),
        options,
      )
    }
  }

  get length(): number {
    return this.indices.length
  }

  get(index: number, options?: LoadOptions): Awaitable<Sample> {
    return this.dataset.get(this.#placeOf(index), options)
  }

  #placeOf(index: number): number {
    checkIndex('Subset', index, this.length)
    return this.indices[index]
  }
}

/** Refuses what is no data set, and says how to make one of a list. */
export function checkDataset(owner: string, dataset: unknown): void {
  const rule = 'a Dataset: Dataset.from(list) makes one'
  checkKind(owner, { dataset }, rule, (value) => value instanceof Dataset)
}

class Mapped<Sample, Changed> extends Dataset<Changed> {
  readonly #dataset: Dataset<Sample>
  readonly #change: Change<Sample, Changed>

  constructor(dataset: Dataset<Sample>, change: Change<Sample, Changed>) {
    super()
    this.#dataset = dataset
    this.#change = change
  }

  get length(): Awaitable<number> {
    return this.#dataset.length
  }

  get(index: number, options: LoadOptions = {}): Awaitable<Changed> {
    const sample = this.#dataset.get(index, options)
    return sample instanceof Promise
      ? sample.then((ready) => this.#change(ready, options))
      : this.#change(sample, options)
  }
}

class Listed<Item> extends Dataset<Item> {
  readonly #items: readonly Item[]

  constructor(items: readonly Item[]) {
    super()
    this.#items = items
  }

  get length(): number {
    return this.#items.length
  }

  get(index: number): Item {
    checkIndex('Dataset', index, this.length)
    return this.#items[index]
  }
}
