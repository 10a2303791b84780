import { checkKind } from '../../datasets/check-kind.ts'
import { IterableDataset } from '../../datasets/iterable-dataset.ts'
import { runAhead } from '../../loader/run-ahead.ts'
import type { ParquetFile, Values } from './parquet-file.ts'
import { decodeRow, type ParquetRow } from './row.ts'

/**
 * The rows of Parquet files one after another. Those that are stored together are in
 * memory at a time, while the next ones are on their way.
 *
 * @example
 * for await (const row of new ParquetStream([])) console.log(row)
 */
export class ParquetStream<
  Sample extends object = ParquetRow,
> extends IterableDataset<Sample> {
  /** What the numbers of labels mean, by their columns. */
  readonly classes: Readonly<Record<string, readonly string[]>>
  readonly #files: readonly (() => Promise<ParquetFile>)[]

  constructor(
    files: readonly (() => Promise<ParquetFile>)[],
    classes: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super()
    checkKind('ParquetStream', { files }, 'a list', Array.isArray)
    this.classes = classes
    this.#files = files
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Sample> {
    for await (const rows of runAhead(this.#groups(), 1)) {
      for (const values of rows) {
        // What the columns are is known to who names the type of samples.
        yield (await decodeRow(values, {})) as Sample
      }
    }
  }

  async *#groups(): AsyncGenerator<Values[], undefined> {
    for (const open of this.#files) {
      const { groups } = await open()
      for (const group of groups) yield await group.read()
    }
  }
}
