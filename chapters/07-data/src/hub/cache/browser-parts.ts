import { DataError } from '../../datasets/errors.ts'

/** A file in the page's Cache, part by part. */
export class CachedParts {
  /** All parts one after another; the browser keeps their bytes where it likes. */
  blob: Blob
  /** Whether no part is missing. */
  isWhole: boolean
  readonly #cache: Cache
  readonly #key: string
  #count: number

  private constructor(
    cache: Cache,
    key: string,
    parts: readonly Blob[],
    isWhole: boolean,
  ) {
    this.#cache = cache
    this.#key = key
    this.#count = parts.length
    this.blob = new Blob([...parts])
    this.isWhole = isWhole
  }

  static async open(name: string): Promise<CachedParts> {
    if (globalThis.caches === undefined) throw noCache()
    const cache = await caches.open('deepdive')
    const key = `/deepdive/${name}`
    const parts: Blob[] = []
    for (;;) {
      const part = await cache.match(`${key}/${parts.length}`)
      if (!part) break
      parts.push(await part.blob())
    }
    const isWhole = (await cache.match(`${key}/whole`)) !== undefined
    return new CachedParts(cache, key, parts, isWhole)
  }

  async add(part: Blob): Promise<void> {
    await this.#cache.put(`${this.#key}/${this.#count++}`, new Response(part))
    this.blob = new Blob([this.blob, part])
  }

  async markWhole(): Promise<void> {
    await this.#cache.put(`${this.#key}/whole`, new Response('yes'))
    this.isWhole = true
  }

  async remove(): Promise<void> {
    await this.#cache.delete(`${this.#key}/whole`)
    for (; this.#count > 0; this.#count--) {
      await this.#cache.delete(`${this.#key}/${this.#count - 1}`)
    }
    this.blob = new Blob()
    this.isWhole = false
  }
}

function noCache(): DataError {
  return new DataError(
    'this page has no Cache to keep files in: serve it by https, or from localhost, or ' +
      'use { streaming: true }',
  )
}
