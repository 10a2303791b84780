import type { ByteSource } from './byte-source.ts'
import { FileError } from './errors.ts'

/** There are no paths in a browser. */
export async function openFile(op: string, place: string): Promise<ByteSource> {
  throw new FileError(
    `${op}: ${place}: a browser has no files by their paths: pass bytes, a File, or ` +
      'await fetch(url)',
  )
}

/** To open it says why not. */
export async function fileExists(): Promise<boolean> {
  return true
}

/** Nor can one write there, as both say. */
export async function checkPlace(op: string, place: string): Promise<void> {
  await replaceFile(op, place)
}

export async function replaceFile(op: string, place: string): Promise<void> {
  throw new FileError(
    `${op}: ${place}: a browser has no files by their paths: pass a file's handle, as ` +
      'navigator.storage gives it, or use serialize',
  )
}
