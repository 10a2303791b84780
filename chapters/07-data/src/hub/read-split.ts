import { downloadCache } from '#download-cache'
import { openRemote } from '../sources/http/remote-file.ts'
import { classNames } from '../sources/parquet/class-names.ts'
import { ParquetDataset } from '../sources/parquet/parquet-dataset.ts'
import { openParquet, type ParquetFile } from '../sources/parquet/parquet-file.ts'
import { ParquetStream } from '../sources/parquet/parquet-stream.ts'
import { download } from './download.ts'
import type { HubFile } from './hub-file.ts'
import type { HuggingFaceOptions } from './options.ts'
import type { Repository } from './repository.ts'

/** Downloads all files, or finds them in the cache, one after another. */
export async function downloaded<Sample extends object>(
  { name, token, connection }: Repository,
  files: readonly HubFile[],
  { columns, cacheDir, onProgress }: HuggingFaceOptions,
): Promise<ParquetDataset<Sample>> {
  const cache = downloadCache({ name, folder: cacheDir })
  const headers = headersFor(token)
  const total = files.reduce((sum, { size }) => sum + size, 0)
  const opened: ParquetFile[] = []
  let before = 0
  for (const file of files) {
    const onBytes = (bytes: number) => onProgress?.(before + bytes, total)
    const how = { connection, cache, headers, onProgress: onBytes }
    opened.push(await openParquet(await download(file, how), columns))
    before += file.size
  }
  return new ParquetDataset<Sample>(opened)
}

/** Opens each file when its first row is needed; the first at once, for its notes. */
export async function streamed<Sample extends object>(
  { token, connection }: Repository,
  files: readonly HubFile[],
  { columns }: HuggingFaceOptions,
): Promise<ParquetStream<Sample>> {
  const open = async ({ url }: HubFile) => {
    return openParquet(await openRemote(url, connection, headersFor(token)), columns)
  }
  const first = await open(files[0])
  const rest = files.slice(1).map((file) => () => open(file))
  return new ParquetStream<Sample>(
    [async () => first, ...rest],
    classNames(first.notes),
  )
}

function headersFor(token: string | undefined): Readonly<Record<string, string>> {
  return token ? { authorization: `Bearer ${token}` } : {}
}
