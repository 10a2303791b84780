import { mkdir, open, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { openParts } from '../../sources/parquet/random-access.ts'
import type { Checksum } from '../hub-file.ts'
import { type CacheOptions, type DownloadCache, gitHeader } from './download-cache.ts'
import { openDraft } from './node-draft.ts'

/**
 * The folder in which Python's huggingface_hub keeps files as well, each named by its
 * checksum.
 */
export function downloadCache(options: CacheOptions): DownloadCache {
  const { name, folder = hubFolder() } = options
  const blobs = join(folder, `datasets--${name.replace('/', '--')}`, 'blobs')
  return {
    async find({ checksum: { kind, value } }) {
      const path = join(blobs, value)
      if (!(await stat(path).catch(() => undefined))) return undefined
      if ((await digestOf(path, kind)) === value) return openParts('huggingFace', path)
      await rm(path, { force: true })
      return undefined
    },
    async draft({ checksum: { value } }) {
      await mkdir(blobs, { recursive: true })
      return openDraft(join(blobs, value), digestOf)
    },
  }
}

function hubFolder(): string {
  const { HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME } = process.env
  const cache = XDG_CACHE_HOME ?? join(homedir(), '.cache')
  return HF_HUB_CACHE ?? join(HF_HOME ?? join(cache, 'huggingface'), 'hub')
}

async function digestOf(path: string, kind: Checksum['kind']): Promise<string> {
  // Node takes 4 ms to load it: programs without downloads do not wait for it.
  const { createHash } = await import('node:crypto')
  const hash = createHash(kind === 'sha256' ? 'sha256' : 'sha1')
  if (kind === 'git') hash.update(gitHeader((await stat(path)).size))
  const file = await open(path)
  for await (const chunk of file.createReadStream()) hash.update(chunk)
  return hash.digest('hex')
}
