import { describeValue, ValueError } from '@deepdive/tensor'
import { openFile } from '#files'
import { FileError } from './errors.ts'

/** Bytes that are read part by part: a file, a Blob, or memory. */
export interface ByteSource {
  /** What messages call it. */
  readonly name: string
  readonly size: number
  /** The bytes from `start` to, without, `end`, which the source has. */
  read(start: number, end: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** A Blob or a File, as browsers and Node have them. */
export interface BlobSource {
  readonly size: number
  readonly name?: string
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** What `fetch` promises. */
export interface ResponseSource {
  readonly ok: boolean
  readonly status: number
  readonly url: string
  arrayBuffer(): Promise<ArrayBuffer>
}

/** What is read from: a path or a `file:` URL, in Node, or bytes of any kind. */
export type FileSource =
  | string
  | { readonly href: string }
  | ArrayBuffer
  | ArrayBufferView
  | BlobSource
  | ResponseSource

/** @throws FileError where there is nothing to read, ValueError for what is no source. */
export async function openSource(op: string, source: FileSource): Promise<ByteSource> {
  if (typeof source === 'string') return openPath(op, source)
  if (source instanceof ArrayBuffer) return bytesSource(source)
  if (ArrayBuffer.isView(source)) return bytesSource(source)
  if (typeof source === 'object' && source !== null) {
    if ('status' in source) return responseSource(op, source)
    if ('slice' in source && 'size' in source) return blobSource(source)
    if ('href' in source) return openPath(op, source.href)
  }
  throw new ValueError(
    `${op}: the source is ${describeValue(source)}: it must be a path, bytes, a Blob, or ` +
      'what fetch gave',
  )
}

/** Nothing is fetched unasked: who fetches, knows with which headers. */
function openPath(op: string, place: string): Promise<ByteSource> {
  if (!/^https?:/.test(place)) return openFile(op, place)
  throw new FileError(`${op}: ${place}: it is no path: pass await fetch(url)`)
}

/** Memory is not copied: what is read from it, lies in it. */
function bytesSource(
  given: ArrayBuffer | ArrayBufferView,
  name = 'these bytes',
): ByteSource {
  const bytes = ArrayBuffer.isView(given)
    ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
    : new Uint8Array(given)
  return {
    name,
    size: bytes.length,
    read: async (start, end) => bytes.subarray(start, end),
    close: async () => {},
  }
}

function blobSource(blob: BlobSource): ByteSource {
  return {
    name: blob.name ?? 'this Blob',
    size: blob.size,
    read: async (start, end) =>
      new Uint8Array(await blob.slice(start, end).arrayBuffer()),
    close: async () => {},
  }
}

async function responseSource(
  op: string,
  response: ResponseSource,
): Promise<ByteSource> {
  const name = response.url || 'this Response'
  if (response.ok) return bytesSource(await response.arrayBuffer(), name)
  throw new FileError(`${op}: ${name}: the server answered ${response.status}`)
}
