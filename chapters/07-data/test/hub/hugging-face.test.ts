import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DataLoader, type HuggingFaceOptions, huggingFace } from '../../src/data.ts'
import {
  busy,
  changed,
  cut,
  half,
  refused,
  repeated,
  replaced,
  short,
  silent,
} from './faults.ts'
import { HubServer, hash } from './hub-server.ts'
import { imageRows } from './mnist-like.ts'

type Digit = { image: Tensor; label: number }

const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

const first = imageRows(0, 9)
const second = imageRows(9, 5)
const tests = imageRows(100, 3)
const older = imageRows(50, 2)
const small = imageRows(20, 2)

const server = new HubServer({
  'someone/digits': {
    versions: {
      main: {
        'README.md': { bytes: Buffer.from('# Digits'), large: false },
        'data/train-00000-of-00002.parquet': { bytes: first },
        'data/train-00001-of-00002.parquet': { bytes: second },
        'data/test-00000-of-00001.parquet': { bytes: tests },
      },
      'v1.0': { 'data/train-00000-of-00001.parquet': { bytes: older } },
    },
  },
  'someone/small': {
    versions: { main: { 'train.parquet': { bytes: small, large: false } } },
  },
  'someone/secret': {
    token: 'hf_open',
    versions: { main: { 'train.parquet': { bytes: older } } },
  },
  'someone/languages': {
    versions: {
      main: {
        'german/train/0000.parquet': { bytes: first },
        'english/train/0000.parquet': { bytes: older },
      },
    },
  },
  'someone/tables': {
    versions: {
      main: { 'train.csv': { bytes: Buffer.from('a\n1') } },
      'refs/convert/parquet': { 'default/train/0000.parquet': { bytes: older } },
    },
  },
  'someone/empty': { versions: { main: {}, 'refs/convert/parquet': {} } },
})

const root = mkdtempSync(join(tmpdir(), 'deepdive-hub-'))
let waits: number[] = []
let cacheDir = ''

beforeAll(() => server.start())
afterAll(async () => {
  await server.stop()
  rmSync(root, { recursive: true })
})
afterEach(() => {
  server.faults = []
  server.requests.length = 0
  server.knowsRanges = true
  waits = []
  cacheDir = ''
})

/** What is asked of the test's own hub; each test has a cache of its own. */
function settings(options: HuggingFaceOptions = {}): HuggingFaceOptions {
  cacheDir ||= mkdtempSync(join(root, 'cache-'))
  const wait = async (milliseconds: number) => void waits.push(milliseconds)
  return { hubUrl: server.url, cacheDir, wait, ...options }
}

const load = (name = 'someone/digits', options?: HuggingFaceOptions) =>
  huggingFace<Digit>(name, settings(options))

const failure = (name?: string, options?: HuggingFaceOptions) =>
  load(name, options).then(String, String)

/** Files of the cache, drafts included. */
const kept = () =>
  readdirSync(cacheDir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /blobs.[0-9a-f]/.test(path),
  )

async function shades(samples: AsyncIterable<Digit>): Promise<number[]> {
  const found: number[] = []
  for await (const { image } of samples) {
    found.push(Math.round(image.amax().item() * 255))
  }
  return found
}

async function* inOrder(rows: Awaited<ReturnType<typeof load>>) {
  for (const n of numbers(rows.length)) yield rows.get(n)
}

describe('a data set of the hub', () => {
  test('has the rows of all files of a split, with decoded images', async () => {
    const rows = await load()
    expect(rows.length).toBe(14)
    expect(await shades(inOrder(rows))).toEqual(numbers(14))
    expect(rows.classes.label).toEqual(['even', 'odd'])
    const seen: number[] = []
    for await (const { image, label } of new DataLoader(rows, { batchSize: 4 })) {
      expect(image.shape.slice(1)).toEqual([1, 2, 2])
      seen.push(...label.toTypedArray())
    }
    expect(seen).toEqual(numbers(14).map((n) => n % 2))
    expect(
      await shades(inOrder(await load('someone/digits', { split: 'test' }))),
    ).toEqual([100, 101, 102])
  })

  test('is downloaded once, and checked whenever it is opened', async () => {
    await load()
    expect(server.taken('file')).toHaveLength(2)
    await load()
    expect(server.taken('file')).toEqual([])
    expect(
      kept()
        .map((path) => path.slice(-64))
        .sort(),
    ).toEqual([hash(first), hash(second)].sort())
    const [file] = kept()
    writeFileSync(join(cacheDir, file), 'broken on disk')
    expect((await load()).length).toBe(14)
    expect(server.taken('file')).toHaveLength(1)
  })

  test('says how much has come', async () => {
    const progress: number[] = []
    const total = first.length + second.length
    const onProgress = (bytes: number, all: number) => {
      progress.push(bytes)
      expect(all).toBe(total)
    }
    await load('someone/digits', { onProgress })
    expect(progress.at(-1)).toBe(total)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    progress.length = 0
    await load('someone/digits', { onProgress })
    expect(progress).toEqual([first.length, total])
  })

  test('may be an older version, or of small files that git keeps', async () => {
    const rows = await load('someone/digits', { revision: 'v1.0' })
    expect(await shades(inOrder(rows))).toEqual([50, 51])
    expect(await shades(inOrder(await load('someone/small')))).toEqual([20, 21])
  })

  test('may be for those with a token, which no other host sees', async () => {
    expect(await failure('someone/secret')).toBe(
      'DataError: huggingFace: someone/secret at main: the server answers 401: it is ' +
        'not there, or it takes a token to see it',
    )
    server.requests.length = 0
    const rows = await load('someone/secret', { token: 'hf_open' })
    expect(rows.length).toBe(2)
    for (const { to, authorization } of server.requests) {
      expect([to, authorization]).toEqual([
        to,
        to === 'file' ? undefined : 'Bearer hf_open',
      ])
    }
  })

  test('may have several configs, of which one must be chosen', async () => {
    expect(await failure('someone/languages')).toBe(
      'DataError: huggingFace: someone/languages has no config by default: choose ' +
        'one of english, german',
    )
    const rows = await load('someone/languages', { config: 'german' })
    expect(rows.length).toBe(9)
    expect(await failure('someone/languages', { config: 'french' })).toContain(
      'someone/languages has no config french: choose one of english, german',
    )
  })

  test('may be in another format, which the hub has made Parquet of', async () => {
    expect((await load('someone/tables')).length).toBe(2)
    expect(await failure('someone/tables', { revision: 'main' })).toBe(
      'DataError: huggingFace: someone/tables has no Parquet files',
    )
    expect(await failure('someone/empty')).toContain('has no Parquet files')
  })
})

describe('what is not there is named', () => {
  test('a data set, a version, a split, a column', async () => {
    expect(await failure('someone/nothing')).toContain(
      'someone/nothing at main: the server answers 401: it is not there, or it takes',
    )
    expect(await failure('someone/digits', { revision: 'v9' })).toBe(
      'DataError: huggingFace: someone/digits at v9: the server answers 404: it is ' +
        'not there',
    )
    expect(await failure('someone/digits', { split: 'validation' })).toBe(
      'DataError: huggingFace: someone/digits has no split validation: choose one of ' +
        'test, train',
    )
    expect(await failure('someone/digits', { columns: ['picture'] })).toContain(
      'there is no column picture: there are image, label',
    )
    expect(await failure('no name')).toBe(
      "ValueError: huggingFace: 'no name' is no name: give one as 'ylecun/mnist'",
    )
  })

  test('a checksum, in place of which a hub names a file of this machine', async () => {
    const mine = join(root, 'mine')
    writeFileSync(mine, 'mine')
    const lying: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init)
      if (!String(input).includes('/tree/')) return answer
      const text = await answer.text()
      const body = text.replaceAll(/"oid":"[0-9a-f]{64}"/g, '"oid":"../../../mine"')
      return new Response(body, { headers: { link: answer.headers.get('link') ?? '' } })
    }
    expect(await failure('someone/digits', { fetch: lying })).toContain(
      "data/train-00000-of-00002.parquet has '../../../mine' for a checksum",
    )
    expect(existsSync(mine)).toBe(true)
  })

  test('a file that was taken away since it was listed', async () => {
    server.faults = [refused('file', 404)]
    expect(await failure()).toMatch(
      /data\/train-00000-of-00002.parquet: the server answers 404: it is not there$/,
    )
    expect(kept()).toEqual([])
  })
})

describe('a download', () => {
  test('goes on where the connection was cut, wherever that was', async () => {
    const places = fc.array(fc.nat(first.length - 1), { maxLength: 4 })
    const property = fc.asyncProperty(places, async (places) => {
      cacheDir = ''
      server.faults = places.map((place) => cut(place))
      const rows = await load('someone/languages', { config: 'german' })
      expect(await shades(inOrder(rows))).toEqual(numbers(9))
      const starts = server.taken('file').map(({ range }) => range)
      let start = 0
      for (const [n, bytes] of [0, ...places].entries()) {
        start = Math.min(start + bytes, first.length)
        if (start < first.length) expect(starts[n]).toMatch(`bytes=${start}-`)
      }
    })
    await fc.assert(property, { numRuns: 30 })
  })

  test('goes on where an earlier one gave up', async () => {
    server.faults = repeated(cut(100), 1)
    expect(await failure('someone/small', { retries: 0 })).toMatch(
      /train.parquet: only 100 of \d+ bytes came: /,
    )
    server.requests.length = 0
    expect((await load('someone/small')).length).toBe(2)
    expect(server.taken('file').map(({ range }) => range)).toEqual([
      `bytes=100-${small.length - 1}`,
    ])
    expect(kept()).toHaveLength(1)
  })

  test('goes on where a process was killed, unless it lives', async () => {
    server.faults = [cut(100)]
    await failure('someone/small', { retries: 0 })
    const [draft] = kept()
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    const left = draft.replace(`.${process.pid}.`, `.${dead}.`)
    renameSync(join(cacheDir, draft), join(cacheDir, left))
    const other = draft.replace(`.${process.pid}.`, `.${process.ppid}.`)
    writeFileSync(join(cacheDir, other), 'of a process that lives')
    server.requests.length = 0
    await load('someone/small')
    expect(server.taken('file')[0].range).toMatch(/^bytes=100-/)
    expect(existsSync(join(cacheDir, other))).toBe(true)
    expect(existsSync(join(cacheDir, left))).toBe(false)
  })

  test('begins anew where what was there is broken', async () => {
    server.faults = [cut(100)]
    await failure('someone/small', { retries: 0 })
    const [draft] = kept()
    writeFileSync(join(cacheDir, draft), Buffer.alloc(100))
    expect((await load('someone/small')).length).toBe(2)
    const ranges = server.taken('file').map(({ range }) => range?.split('-')[0])
    expect(ranges.slice(-2)).toEqual(['bytes=100', 'bytes=0'])
  })

  test('may be made by several at once', async () => {
    const all = await Promise.all([load(), load(), load()])
    expect(all.map(({ length }) => length)).toEqual([14, 14, 14])
    expect(kept()).toHaveLength(2)
  })

  test('works with a server that sends no parts', async () => {
    server.knowsRanges = false
    server.faults = [cut(150)]
    const rows = await load('someone/small')
    expect(await shades(inOrder(rows))).toEqual([20, 21])
  })

  test('waits as long as a busy server asks for', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString()
    server.faults = [busy('info', '3'), busy('tree', '0', 503), busy('file', date)]
    expect((await load('someone/small')).length).toBe(2)
    expect(waits.slice(0, 2)).toEqual([3000, 0])
    expect(waits[2]).toBeGreaterThan(55_000)
    expect(waits[2]).toBeLessThan(61_000)
  })

  test('waits longer from try to try, and gives up after so many', async () => {
    server.faults = repeated(refused('file', 500), 9)
    expect(await failure('someone/small', { retries: 3 })).toMatch(
      /train.parquet: the server answers 500: it has trouble of its own$/,
    )
    expect(waits).toEqual([250, 500, 1000])
    waits = []
    server.faults = repeated(busy('info', '3600'), 1)
    expect(await failure('someone/small')).toContain(
      'the server answers 429: too many have asked: try again later',
    )
    expect(waits).toEqual([])
  })

  test('names a server that does not answer', async () => {
    server.faults = repeated(silent('info'), 9)
    expect(await failure('someone/small', { retries: 1 })).toMatch(
      /someone\/small at main: 127.0.0.1:\d+ does not answer: /,
    )
    server.faults = [silent('info'), half('tree'), silent('file')]
    expect((await load('someone/small')).length).toBe(2)
  })

  test('of a file that is shorter than the hub says ends in an error', async () => {
    server.faults = repeated(short(0), 9)
    expect(await failure('someone/small', { retries: 2 })).toMatch(
      /train.parquet: only 0 of \d+ bytes came: the answer ended$/,
    )
    server.faults = [short(120), refused('file', 416)]
    expect(await failure('someone/small')).toMatch(
      /the server answers 416: it is shorter than it should be$/,
    )
  })

  test('with a wrong checksum ends in an error, and is not kept', async () => {
    const flip = (bytes: Uint8Array) =>
      bytes.map((byte, n) => (n === 77 ? ~byte : byte))
    server.faults = [changed(flip)]
    expect(await failure('someone/small')).toMatch(
      /what came has the checksum [0-9a-f]{40}, but should have [0-9a-f]{40}$/,
    )
    expect(kept()).toEqual([])
    expect((await load('someone/small')).length).toBe(2)
  })

  test('ends when somebody ends it', async () => {
    const controller = new AbortController()
    const onProgress = () => controller.abort(new Error('that is enough'))
    const { signal } = controller
    expect(await failure('someone/digits', { signal, onProgress })).toBe(
      'DataError: huggingFace: that is enough',
    )
  })
})

describe('a stream', () => {
  const stream = (options: HuggingFaceOptions = {}) =>
    huggingFace<Digit>('someone/digits', { ...settings(options), streaming: true })

  test('has all rows, and keeps nothing', async () => {
    const rows = await stream()
    expect(rows.classes.label).toEqual(['even', 'odd'])
    expect(await shades(rows)).toEqual(numbers(14))
    expect(await shades(rows)).toEqual(numbers(14))
    expect(readdirSync(cacheDir)).toEqual([])
  })

  test('fetches row groups when they are needed', async () => {
    const rows = await stream()
    server.requests.length = 0
    for await (const _ of rows) break
    const fetched = server.taken('file').reduce((sum, { range }) => {
      const [start, end] = range?.slice(6).split('-').map(Number) ?? [0, Infinity]
      return sum + end - start + 1
    }, 0)
    expect(fetched).toBeLessThan(first.length)
  })

  test('comes in batches, and goes on after faults', async () => {
    server.faults = [cut(3), busy('file', '1'), silent('file'), cut(10)]
    const rows = await stream()
    const seen: number[] = []
    for await (const { image } of new DataLoader(rows, { batchSize: 5 })) {
      seen.push(...image.amax([1, 2, 3]).mul(255).toTypedArray())
    }
    expect(seen.map(Math.round)).toEqual(numbers(14))
  })

  test('ends in an error where a file has changed since it was opened', async () => {
    const rows = await stream()
    server.faults = [replaced]
    await expect(shades(rows)).rejects.toThrow(
      'it has changed while it was read: open it again',
    )
  })
})
