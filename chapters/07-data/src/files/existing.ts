import { fileExists } from '#files'
import type { FileSource } from './byte-source.ts'
import type { FileTarget } from './target.ts'

/** A handle as browsers have it can be read as well, unless it is of a new file. */
interface Readable {
  getFile(): Promise<Blob>
}

/** What is where a file is to be written, to be read; undefined where nothing is yet. */
export async function existingSource(
  target: FileTarget,
): Promise<FileSource | undefined> {
  if (typeof target === 'string') return (await fileExists(target)) ? target : undefined
  if ('href' in target) return (await fileExists(target.href)) ? target : undefined
  if (!isReadable(target)) return undefined
  const file = await target.getFile()
  return file.size > 0 ? file : undefined
}

function isReadable(target: object): target is Readable {
  return 'getFile' in target && typeof target.getFile === 'function'
}
