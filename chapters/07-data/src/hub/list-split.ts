import { DataError } from '../datasets/errors.ts'
import type { HubFile } from './hub-file.ts'
import type { HuggingFaceOptions } from './options.ts'
import { listRepository, type Repository } from './repository.ts'
import { filesOfSplit } from './splits.ts'

/** Where the hub keeps what it has made of data sets in other formats. */
const converted = 'refs/convert/parquet'

/**
 * The Parquet files of a split; those that the hub has made itself, where a data set
 * has none and nobody asks for one of its versions.
 *
 * @throws DataError where there are none.
 */
export async function listSplit(
  repository: Repository,
  { split = 'train', config, revision }: HuggingFaceOptions,
): Promise<HubFile[]> {
  const files = await listParquet(repository, revision ?? 'main')
  if (files.length > 0) return filesOfSplit(repository.name, files, { config, split })
  const others = revision ? [] : await listParquet(repository, converted)
  if (others.length > 0) return filesOfSplit(repository.name, others, { config, split })
  throw new DataError(`${repository.name} has no Parquet files`)
}

async function listParquet(
  repository: Repository,
  revision: string,
): Promise<HubFile[]> {
  const files = await listRepository(repository, revision)
  return files.filter(({ path }) => path.endsWith('.parquet'))
}
