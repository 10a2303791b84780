import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { openParts } from '../../sources/parquet/random-access.ts'
import type { Checksum } from '../hub-file.ts'
import type { Draft } from './download-cache.ts'

/** The drafts that this process is writing. */
const inUse = new Set<string>()

/**
 * A draft of the file at `path`, beside it, which nobody else writes: one that was left
 * by a process that has ended, or by this one, or else a new one.
 */
export async function openDraft(
  path: string,
  digestOf: (path: string, kind: Checksum['kind']) => Promise<string>,
): Promise<Draft> {
  const own = `${path}.${process.pid}.${crypto.randomUUID()}.incomplete`
  inUse.add(own)
  await takeOver(path, own)
  const file = await open(own, 'a')
  let { size } = await file.stat()
  const close = async () => {
    inUse.delete(own)
    await file.close()
    if (size === 0) await rm(own, { force: true })
  }
  return {
    get size() {
      return size
    },
    async append(chunk) {
      await file.appendFile(chunk)
      size += chunk.length
    },
    digest: (kind) => digestOf(own, kind),
    async keep() {
      await file.sync()
      await close()
      await rename(own, path)
      return openParts('huggingFace', path)
    },
    close,
    async discard() {
      await close()
      await rm(own, { force: true })
    },
  }
}

/** Gives a draft that nobody writes the name of one's own, if there is any. */
async function takeOver(path: string, own: string): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    const [, pid] =
      name.slice(basename(path).length).match(/^\.(\d+)\..*\.incomplete$/) ?? []
    const draft = join(folder, name)
    if (!name.startsWith(basename(path)) || !pid || isWritten(draft, Number(pid)))
      continue
    try {
      return await rename(draft, own)
    } catch {
      // Another process was faster.
    }
  }
}

function isWritten(draft: string, pid: number): boolean {
  if (pid === process.pid) return inUse.has(draft)
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // There is such a process where this one may not send it anything.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
