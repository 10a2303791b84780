import { checkPlace, replaceFile } from '#files'
import { checkKind } from '../datasets/check-kind.ts'

/** A file's handle as browsers have it, in `navigator.storage` or from a picker. */
export interface HandleTarget {
  createWritable(): Promise<{
    write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
    close(): Promise<void>
    abort(): Promise<void>
  }>
}

/** What is written to: a path or a `file:` URL, in Node, or a file's handle. */
export type FileTarget = string | { readonly href: string } | HandleTarget

/**
 * Writes a file, all of it or nothing: until the new one is complete, the old one stays.
 *
 * @throws FileError where it cannot be written, ValueError for what is no target.
 */
export async function writeFile(
  op: string,
  target: FileTarget,
  parts: Iterable<Uint8Array>,
): Promise<void> {
  checkTarget(op, target)
  if (typeof target === 'string') return replaceFile(op, target, parts)
  if ('createWritable' in target) return writeHandle(target, parts)
  return replaceFile(op, target.href, parts)
}

/**
 * Refuses a target where no file can be put, before there is one.
 *
 * @throws FileError that says why not.
 */
export async function checkWritable(op: string, target: FileTarget): Promise<void> {
  if (typeof target === 'string') await checkPlace(op, target)
  else if (!('createWritable' in target)) await checkPlace(op, target.href)
}

/** Refuses what cannot be written to. */
export function checkTarget(op: string, target: unknown): void {
  checkKind(op, { 'the target': target }, "a path, or a file's handle", (value) => {
    if (typeof value === 'string') return true
    return typeof value === 'object' && value !== null && isPlace(value)
  })
}

function isPlace(value: object): boolean {
  return 'createWritable' in value || 'href' in value
}

/** A browser gives the file its new content when it is closed, and not before. */
export async function writeHandle(
  handle: HandleTarget,
  parts: Iterable<Uint8Array>,
): Promise<void> {
  const stream = await handle.createWritable()
  try {
    for (const part of parts) await stream.write(unshared(part))
  } catch (error) {
    await stream.abort()
    throw error
  }
  await stream.close()
}

/** What lies in memory that threads share, a handle does not take: it gets a copy. */
function unshared(part: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = part
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, length)
    : new Uint8Array(part)
}
