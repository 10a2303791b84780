import { checkIndex } from './check-index.ts'
import { checkKind } from './check-kind.ts'
import { Dataset } from './dataset.ts'
import type { Awaitable, LoadOptions } from './load-options.ts'

/**
 * The samples of several data sets, one set after another.
 *
 * @example
 * const both = new ConcatDataset([Dataset.from(['a', 'b']), Dataset.from(['c'])])
 * both.length // → 3
 * await both.get(2) // → c
 */
export class ConcatDataset<Sample> extends Dataset<Sample> {
  readonly datasets: readonly Dataset<Sample>[]
  /** How many samples there are up to the end of each. */
  readonly #ends: Awaitable<readonly number[]>

  constructor(datasets: readonly Dataset<Sample>[]) {
    super()
    checkKind('ConcatDataset', { datasets }, 'a list of data sets', (value) => {
      return Array.isArray(value) && value.every((part) => part instanceof Dataset)
    })
    this.datasets = datasets
    const lengths = datasets.map(({ length }) => length)
    this.#ends = lengths.every((length) => typeof length === 'number')
      ? runningSums(lengths)
      : Promise.all(lengths).then(runningSums)
  }

  get length(): Awaitable<number> {
    return after(this.#ends, (ends) => ends.at(-1) ?? 0)
  }

  get(index: number, options?: LoadOptions): Awaitable<Sample> {
    return after(this.#ends, (ends) => {
      checkIndex('ConcatDataset', index, ends.at(-1) ?? 0)
      const n = ends.findIndex((end) => index < end)
      const start = n === 0 ? 0 : ends[n - 1]
      return this.datasets[n].get(index - start, options)
    })
  }
}

/** What `change` makes of a value, once it is there. */
function after<Value, Changed>(
  value: Awaitable<Value>,
  change: (value: Value) => Awaitable<Changed>,
): Awaitable<Changed> {
  return value instanceof Promise ? value.then(change) : change(value)
}

function runningSums(lengths: readonly number[]): number[] {
  let end = 0
  return lengths.map((length) => {
    end += length
    return end
  })
}
