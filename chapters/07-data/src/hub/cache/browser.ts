import { openParts } from '../../sources/parquet/random-access.ts'
import type { Checksum } from '../hub-file.ts'
import { CachedParts } from './browser-parts.ts'
import {
  type CacheOptions,
  type DownloadCache,
  type Draft,
  gitHeader,
} from './download-cache.ts'

/**
 * What the page's Cache keeps. Files are kept in parts, so that a download that was
 * interrupted goes on after the last of them.
 */
export function downloadCache({ name }: CacheOptions): DownloadCache {
  const partsOf = (key: string) => CachedParts.open(`${name}/${key}`)
  return {
    async find({ checksum: { kind, value } }) {
      const parts = await partsOf(value)
      if (!parts.isWhole) return undefined
      if ((await digestOf(parts.blob, kind)) === value) {
        return openParts('huggingFace', parts.blob)
      }
      await parts.remove()
      return undefined
    },
    async draft({ checksum: { value } }) {
      const release = await lock(`deepdive/${name}/${value}`)
      try {
        return draftOf(await partsOf(value), release)
      } catch (error) {
        release()
        throw error
      }
    },
  }
}

/**
 * Waits until no page writes a file, and keeps others waiting until it is released, or
 * this page is gone.
 */
function lock(name: string): Promise<() => void> {
  return new Promise((taken, fail) => {
    const held = () => new Promise<void>((release) => taken(release))
    navigator.locks.request(name, held).catch(fail)
  })
}

/** How many bytes come together before they are kept as a part. */
const partSize = 4 * 1024 * 1024

function draftOf(parts: CachedParts, release: () => void): Draft {
  let pending: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0
  const flush = async () => {
    if (waiting > 0) await parts.add(new Blob(pending))
    pending = []
    waiting = 0
  }
  return {
    get size() {
      return parts.blob.size + waiting
    },
    async append(chunk) {
      pending.push(new Uint8Array(chunk))
      waiting += chunk.length
      if (waiting >= partSize) await flush()
    },
    async digest(kind) {
      await flush()
      return digestOf(parts.blob, kind)
    },
    async keep() {
      await parts.markWhole().finally(release)
      return openParts('huggingFace', parts.blob)
    },
    close: () => flush().finally(release),
    discard: () => parts.remove().finally(release),
  }
}

async function digestOf(blob: Blob, kind: Checksum['kind']): Promise<string> {
  const whole = kind === 'git' ? new Blob([gitHeader(blob.size), blob]) : blob
  const algorithm = kind === 'sha256' ? 'SHA-256' : 'SHA-1'
  const digest = await crypto.subtle.digest(algorithm, await whole.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => {
    return byte.toString(16).padStart(2, '0')
  }).join('')
}
