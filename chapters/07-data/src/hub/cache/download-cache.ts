import type { RandomAccess } from '../../sources/parquet/random-access.ts'
import type { Checksum, HubFile } from '../hub-file.ts'

/** Where downloaded files stay; `#download-cache` makes one for a data set. */
export interface DownloadCache {
  /** A file that is there as a whole; one whose checksum is wrong is taken away. */
  find(file: HubFile): Promise<RandomAccess | undefined>
  /** A file to be written, or the beginning of one whose download was interrupted. */
  draft(file: HubFile): Promise<Draft>
}

/** A file that is being downloaded. */
export interface Draft {
  /** How many bytes are there. */
  readonly size: number
  append(chunk: Uint8Array): Promise<void>
  /** The checksum of what is there, in hexadecimal. */
  digest(kind: Checksum['kind']): Promise<string>
  /** Makes it a file that is there as a whole, and opens that. */
  keep(): Promise<RandomAccess>
  /** Leaves it to be gone on with later. */
  close(): Promise<void>
  /** Takes it away. */
  discard(): Promise<void>
}

/** Where the files of a data set stay; a folder is for Node alone. */
export interface CacheOptions {
  readonly name: string
  readonly folder: string | undefined
}

/** What git puts before the bytes of a file when it names it by their SHA-1. */
export function gitHeader(size: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`blob ${size}\0`)
}
