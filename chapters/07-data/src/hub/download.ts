import { DataError } from '../datasets/errors.ts'
import type { Connection } from '../sources/http/connection.ts'
import { fetchRange } from '../sources/http/fetch-range.ts'
import type { RandomAccess } from '../sources/parquet/random-access.ts'
import type { DownloadCache, Draft } from './cache/download-cache.ts'
import type { HubFile } from './hub-file.ts'

/** How files are downloaded, and where to. */
export interface Download {
  readonly connection: Connection
  readonly headers: Readonly<Record<string, string>>
  readonly cache: DownloadCache
  /** Called with how many bytes of the file are there. */
  readonly onProgress: (bytes: number) => void
}

/**
 * A file from the cache, or downloaded into it, from where an earlier download broke
 * off. It is there only when its checksum is right.
 *
 * @throws DataError where it cannot be had, or is not what the hub says it is.
 */
export async function download(file: HubFile, how: Download): Promise<RandomAccess> {
  const { cache, onProgress } = how
  const there = await cache.find(file)
  if (there) {
    onProgress(file.size)
    return there
  }
  for (;;) {
    const draft = await cache.draft(file)
    const begun = draft.size > 0
    const found = await fill(draft, file, how)
    if (found === file.checksum.value) return draft.keep()
    await draft.discard()
    // A beginning that was there before may be what is wrong: then all is fetched anew.
    if (begun) continue
    throw new DataError(
      `${file.url}: what came has the checksum ${found}, but should have ` +
        file.checksum.value,
    )
  }
}

/** Fetches what a draft lacks, and tells its checksum. */
async function fill(
  draft: Draft,
  file: HubFile,
  { connection, headers, onProgress }: Download,
): Promise<string> {
  try {
    const range = { url: file.url, headers, start: draft.size, end: file.size }
    await fetchRange(connection, range, async (chunk) => {
      await draft.append(chunk)
      onProgress(draft.size)
    })
    return await draft.digest(file.checksum.kind)
  } catch (error) {
    await draft.close()
    throw error
  }
}
