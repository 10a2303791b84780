import { optionsOf } from '@deepdive/tensor'
import { DataError, reasonOf } from '../datasets/errors.ts'
import type { ParquetDataset } from '../sources/parquet/parquet-dataset.ts'
import type { ParquetStream } from '../sources/parquet/parquet-stream.ts'
import type { ParquetRow } from '../sources/parquet/row.ts'
import { listSplit } from './list-split.ts'
import type { HuggingFaceOptions } from './options.ts'
import { downloaded, streamed } from './read-split.ts'
import { checkName, repositoryOf } from './repository.ts'

/**
 * A data set of huggingface.co, of which Parquet files are read. A sample is a row as
 * an object, its images decoded. Files are downloaded once, checked, and kept on disk,
 * or in a page's Cache; or, with `streaming`, rows are fetched as they are needed.
 *
 * @throws DataError where there is no such data set, version, config or split, where it
 * takes a token, or where a file cannot be had as it should be.
 * @throws ValueError where an option makes no sense.
 * @example
 * await huggingFace('no name')
 * // throws ValueError: huggingFace: 'no name' is no name: give one as 'ylecun/mnist'
 */
export async function huggingFace<Sample extends object = ParquetRow>(
  name: string,
  options: HuggingFaceOptions & { readonly streaming: true },
): Promise<ParquetStream<Sample>>
export async function huggingFace<Sample extends object = ParquetRow>(
  name: string,
  options?: HuggingFaceOptions,
): Promise<ParquetDataset<Sample>>
export async function huggingFace<Sample extends object>(
  name: string,
  options: HuggingFaceOptions = {},
): Promise<ParquetDataset<Sample> | ParquetStream<Sample>> {
  checkName(name)
  const { streaming = false } = optionsOf('huggingFace', options)
  const repository = repositoryOf(name, options)
  try {
    const files = await listSplit(repository, options)
    const read = streaming ? streamed : downloaded
    return await read<Sample>(repository, files, options)
  } catch (error) {
    throw new DataError(`huggingFace: ${reasonOf(error)}`, error)
  }
}
