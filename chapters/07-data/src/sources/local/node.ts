import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
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
  gunzip: async (bytes) => plain(await gunzip(bytes)),
}

const gunzip = promisify<Uint8Array, Buffer>(zlib.gunzip)

/** Without Node's own methods, some of which do something else by the same name. */
function plain({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** What is in a folder and in those in it, links followed; each after `prefix`. */
async function listFolder(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = []
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (!(await stat(path)).isDirectory()) found.push(prefix + name)
    else
      found.push(`${prefix}${name}/`, ...(await listFolder(path, `${prefix}${name}/`)))
  }
  return found
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
