import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ZlibOptions } from 'node:zlib'
import type { LocalFiles } from './local-files.ts'

/** Paths name files on disk. */
export const local: LocalFiles = {
  async read(path) {
    try {
      return plain(await readFile(path))
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  async list(folder) {
    try {
      return await listFolder(
        folder instanceof URL ? fileURLToPath(folder) : folder,
        '',
      )
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  async gunzip(bytes) {
    // Node takes 3 ms to load it: programs that read no such file do not wait for it.
    const { constants, gunzip } = await import('node:zlib')
    const run = promisify<Uint8Array, ZlibOptions, Buffer>(gunzip)
    const chunkSize = Math.max(constants.Z_MIN_CHUNK, chunkSizeFor(bytes))
    return plain(await run(bytes, { chunkSize }))
  },
}

/**
 * As much at a time as the last four bytes of a gzip file say that it holds, as each
 * chunk waits for its turn; but no more than 4 MB, for they may say anything.
 */
function chunkSizeFor(bytes: Uint8Array): number {
  const { buffer, byteOffset, length } = bytes
  if (length < 4) return 0
  const size = new DataView(buffer, byteOffset).getUint32(length - 4, true)
  return Math.min(size, 4 * 1024 * 1024)
}

/** Without Node's own methods, some of which do something else by the same name. */
function plain({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/**
 * What is in a folder and in those in it, links followed; each after `prefix`. A link
 * to nothing is a file that cannot be read.
 */
async function listFolder(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = []
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const file = await stat(path).catch(() => undefined)
    if (!file?.isDirectory()) found.push(prefix + name)
    else
      found.push(`${prefix}${name}/`, ...(await listFolder(path, `${prefix}${name}/`)))
  }
  return found
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
