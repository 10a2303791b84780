import { readFile } from 'node:fs/promises'
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
  gunzip: async (bytes) => plain(await gunzip(bytes)),
}

const gunzip = promisify<Uint8Array, Buffer>(zlib.gunzip)

/** Without Node's own methods, some of which do something else by the same name. */
function plain({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
