import { describeValue, ValueError } from '@deepdive/tensor'
import { replaceFile } from '#files'

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
  if (typeof target === 'string') return replaceFile(op, target, parts)
  if (typeof target === 'object' && target !== null) {
    if ('createWritable' in target) return writeHandle(target, parts)
    if ('href' in target) return replaceFile(op, target.href, parts)
  }
  throw new ValueError(
    `${op}: the target is ${describeValue(target)}: it must be a path, or a file's handle`,
  )
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
