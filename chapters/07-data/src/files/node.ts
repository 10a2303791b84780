import {
  access,
  constants,
  type FileHandle,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ByteSource } from './byte-source.ts'
import { FileError } from './errors.ts'

/** Opens the file at a path, or a `file:` URL, to be read part by part. */
export async function openFile(op: string, place: string): Promise<ByteSource> {
  const path = pathOf(place)
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw explained(op, path, error)
  })
  const { size } = await handle.stat()
  return {
    name: path,
    size,
    read: (start, end) => readPart(op, path, handle, start, end),
    close: () => handle.close(),
  }
}

/** Whether there is anything at a path. */
export async function fileExists(place: string): Promise<boolean> {
  const found = await stat(pathOf(place)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return null
    throw explained('fit', pathOf(place), error)
  })
  return found !== null
}

function pathOf(place: string): string {
  return place.startsWith('file:') ? fileURLToPath(place) : place
}

async function readPart(
  op: string,
  path: string,
  handle: FileHandle,
  start: number,
  end: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start)
  let done = 0
  while (done < bytes.length) {
    const { bytesRead } = await handle
      .read(bytes, done, bytes.length - done, start + done)
      .catch((error: unknown) => {
        throw explained(op, path, error)
      })
    if (bytesRead === 0) {
      throw new FileError(`${op}: ${path}: it was cut short while it was read`)
    }
    done += bytesRead
  }
  return bytes
}

/** Refuses a path at which no file can be put. */
export async function checkPlace(op: string, place: string): Promise<void> {
  const path = await targetOf(place)
  try {
    // A file in place of the folder has no '.' in it.
    await access(`${dirname(path)}/.`, constants.W_OK)
  } catch (error) {
    throw explained(op, path, error)
  }
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) throw new FileError(`${op}: ${path}: ${reasons.EISDIR}`)
}

/** Through a link, it is the file behind it that is replaced. */
async function targetOf(place: string): Promise<string> {
  const path = pathOf(place)
  return realpath(path).catch(() => path)
}

/**
 * Puts a file in place of whatever is there, all of it or nothing: the bytes go to a draft
 * beside it, and only when the disk has them does that take the name. Whoever reads at
 * any time, or after a crash at any time, finds the old file or the new one.
 */
export async function replaceFile(
  op: string,
  place: string,
  parts: Iterable<Uint8Array>,
): Promise<void> {
  const path = await targetOf(place)
  const draft = join(dirname(path), `${draftStart(path)}${crypto.randomUUID()}.tmp`)
  try {
    await writeThrough(draft, parts)
    await rename(draft, path)
    await syncFolder(dirname(path))
    // The file is there, whatever becomes of these.
    await removeOldDrafts(path).catch(() => {})
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw explained(op, path, error)
  }
}

/** Shorter than the name may be, so that there is room for what makes it a draft. */
function draftStart(path: string): string {
  return `.${basename(path).slice(0, 50)}.`
}

const hour = 3_600_000

/** A process that was killed leaves its draft; one of an hour ago is nobody's. */
async function removeOldDrafts(path: string): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    if (!name.startsWith(draftStart(path)) || !name.endsWith('.tmp')) continue
    const draft = join(folder, name)
    const { mtimeMs } = await stat(draft)
    if (mtimeMs < Date.now() - hour) await rm(draft, { force: true })
  }
}

/** Returns when the bytes are on the disk, and not only on their way there. */
async function writeThrough(path: string, parts: Iterable<Uint8Array>): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    for (const part of parts) await handle.writeFile(part)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A name lies in its folder, which has to be on the disk as well. */
async function syncFolder(path: string): Promise<void> {
  // Windows has no such thing, and keeps names safe by itself.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, and no file',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'it may not be opened: its rights forbid that',
  EBADF: 'it was closed',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
}

function explained(op: string, path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = reasons[code]
  return reason ? new FileError(`${op}: ${path}: ${reason}`) : error
}
