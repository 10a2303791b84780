import { Tensor } from '@deepdive/autograd'
import { checkIndex } from '../../datasets/check-index.ts'
import { checkKind } from '../../datasets/check-kind.ts'
import { Dataset } from '../../datasets/dataset.ts'
import { DataError, reasonOf } from '../../datasets/errors.ts'
import type { LoadOptions } from '../../datasets/load-options.ts'
import { collateNamed } from '../../loader/collate.ts'
import type { Collated } from '../../loader/collated.ts'
import { settleAll } from '../../loader/settle-all.ts'
import { classNames } from './class-names.ts'
import type { ParquetFile, RowGroup, Values } from './parquet-file.ts'
import { decodeRow, type ParquetRow } from './row.ts'

/**
 * The rows of Parquet files, one file after another. Rows that are stored together are
 * read when the first of them is asked for, and stay in memory.
 *
 * @example
 * const rows = new ParquetDataset([])
 * rows.length // → 0
 */
export class ParquetDataset<
  Sample extends object = ParquetRow,
> extends Dataset<Sample> {
  readonly length: number
  /** What the numbers of labels mean, by their columns. */
  readonly classes: Readonly<Record<string, readonly string[]>>
  readonly #groups: readonly KeptGroup[]
  /** Columns of fractions, which are float32 even where all are whole by chance. */
  readonly #fractions: readonly string[]

  constructor(files: readonly ParquetFile[]) {
    super()
    checkKind('ParquetDataset', { files }, 'a list', Array.isArray)
    let start = 0
    this.#groups = files
      .flatMap(({ groups }) => groups)
      .map((group) => {
        start += group.length
        return new KeptGroup(group, start - group.length)
      })
    this.length = start
    this.classes = files.length > 0 ? classNames(files[0].notes) : {}
    this.#fractions = (files[0]?.fields ?? [])
      .filter(({ fractions }) => fractions)
      .map(({ name }) => name)
  }

  // What the columns are is known to who names the type of samples, not to the checker.

  async get(index: number, options: LoadOptions = {}): Promise<Sample> {
    checkIndex('ParquetDataset', index, this.length)
    return (await decodeRow(await this.#values(index), options)) as Sample
  }

  override async getBatch(
    indices: readonly number[],
    options: LoadOptions = {},
  ): Promise<Collated<Sample>> {
    const rows = indices.map((index) =>
      this.get(index, options).catch((error) => {
        throw new DataError(`sample ${index}: ${reasonOf(error)}`, error)
      }),
    )
    const name = (n: number) => `sample ${indices[n]}`
    const batch = collateNamed('parquet', await settleAll(rows), name)
    return this.#withFractions(batch) as Collated<Sample>
  }

  async #values(index: number): Promise<Values> {
    const group = this.#groups.findLast(({ start }) => start <= index)
    if (!group) throw new DataError(`ParquetDataset: there is no row ${index}`)
    return (await group.rows())[index - group.start]
  }

  #withFractions(batch: object): object {
    const entries = Object.entries(batch).map(([name, values]) => {
      const isFraction = this.#fractions.includes(name) && values instanceof Tensor
      return [name, isFraction ? values.to('float32') : values]
    })
    return Object.fromEntries(entries)
  }
}

/** A row group whose rows stay in memory once they are read. */
class KeptGroup {
  /** The index of its first row. */
  readonly start: number
  readonly #group: RowGroup
  #rows: Promise<Values[]> | undefined

  constructor(group: RowGroup, start: number) {
    this.start = start
    this.#group = group
  }

  rows(): Promise<Values[]> {
    this.#rows ??= this.#group.read().catch((error) => {
      // What failed once may work later.
      this.#rows = undefined
      throw error
    })
    return this.#rows
  }
}
