import { fetchBytes } from '../fetch-bytes.ts'
import type { LocalFiles } from './local-files.ts'

/** A page has no files of its own: paths are URLs, relative to its own. */
export const local: LocalFiles = {
  read: (path) => fetchBytes(path),
  async list(folder) {
    throw new Error(`a page cannot list ${folder}: give files that somebody chose`)
  },
  async gunzip(bytes) {
    const zipped = new Blob([Uint8Array.from(bytes)]).stream()
    const plain = zipped.pipeThrough(new DecompressionStream('gzip'))
    return new Uint8Array(await new Response(plain).arrayBuffer())
  },
}
