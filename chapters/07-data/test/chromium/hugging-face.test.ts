import type { Tensor } from '@deepdive/autograd'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { commands } from 'vitest/browser'
import { DataLoader, type HuggingFaceOptions, huggingFace } from '../../src/data.ts'

type Digit = { image: Tensor; label: number }

let hubUrl = ''
let waits: number[] = []

beforeAll(async () => {
  hubUrl = await commands.startHub()
})
afterAll(() => commands.stopHub())
afterEach(async () => {
  await caches.delete('deepdive')
  await commands.takeRanges()
  waits = []
})

const wait = async (milliseconds: number) => void waits.push(milliseconds)

const small = (options: HuggingFaceOptions = {}) =>
  huggingFace<Digit>('someone/small', { hubUrl, wait, ...options })

/** Cuts the connection when these bytes have come. */
const cutAfter = (count: number) => ({
  onProgress: (bytes: number) => void (bytes === count && commands.cutNow()),
})

const failure = (options?: HuggingFaceOptions) => small(options).then(String, String)

/** The names of what is in the page's Cache. */
async function kept(): Promise<string[]> {
  const requests = await (await caches.open('deepdive')).keys()
  return requests.map(({ url }) => url.slice(url.lastIndexOf('/') + 1))
}

async function shades(samples: AsyncIterable<{ image: Tensor }>): Promise<number[]> {
  const found: number[] = []
  for await (const { image } of samples) {
    found.push(...image.amax([-3, -2, -1]).flatten().mul(255).toTypedArray())
  }
  return found.map(Math.round)
}

const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

describe('a data set that a page keeps', () => {
  test('has the rows of all files, with decoded images, for who has the token', async () => {
    const rows = await huggingFace<Digit>('someone/digits', {
      hubUrl,
      wait,
      token: 'hf_open',
    })
    expect(rows.classes.label).toEqual(['even', 'odd'])
    expect(await shades(new DataLoader(rows, { batchSize: 4 }))).toEqual(numbers(14))
  })

  test('is downloaded once', async () => {
    await small()
    expect(await commands.takeRanges()).toHaveLength(1)
    expect((await kept()).sort()).toEqual(['0', 'whole'])
    expect(await shades(new DataLoader(await small()))).toEqual([20, 21])
    expect(await commands.takeRanges()).toEqual([])
  })

  test('is checked whenever it is opened', async () => {
    await small()
    const cache = await caches.open('deepdive')
    const [part] = (await cache.keys()).filter(({ url }) => url.endsWith('/0'))
    await cache.put(part, new Response('broken in the Cache'))
    await commands.takeRanges()
    expect(await shades(new DataLoader(await small()))).toEqual([20, 21])
    expect(await commands.takeRanges()).toHaveLength(1)
  })

  test('goes on where the connection was cut', async () => {
    await commands.makeFault('cut', 100)
    const rows = await small(cutAfter(100))
    expect(await shades(new DataLoader(rows))).toEqual([20, 21])
    const [first, second] = await commands.takeRanges()
    expect([first, second]).toEqual([
      expect.stringMatching(/^bytes=0-/),
      expect.stringMatching(/^bytes=100-/),
    ])
    expect(waits).toEqual([250])
  })

  test('goes on where an earlier download gave up', async () => {
    await commands.makeFault('cut', 100)
    expect(await failure({ retries: 0, ...cutAfter(100) })).toMatch(
      /only 100 of \d+ bytes came: /,
    )
    expect(await kept()).toEqual(['0'])
    await commands.takeRanges()
    expect(await shades(new DataLoader(await small()))).toEqual([20, 21])
    expect(await commands.takeRanges()).toEqual([expect.stringMatching(/^bytes=100-/)])
    expect((await kept()).sort()).toEqual(['0', '1', 'whole'])
  })

  test('may be downloaded by several at once', async () => {
    const all = await Promise.all([small(), small(), small()])
    for (const rows of all) {
      expect(await shades(new DataLoader(rows))).toEqual([20, 21])
    }
    expect(await commands.takeRanges()).toHaveLength(1)
  })

  test('waits as long as a busy server asks for', async () => {
    await commands.makeFault('busy', 3)
    await small()
    expect(waits).toEqual([3000])
  })

  test('is named where a file is missing, or too short', async () => {
    await commands.makeFault('missing', 0)
    expect(await failure()).toMatch(/train.parquet: the server answers 404: it is not/)
    await commands.makeFault('short', 120)
    expect(await failure()).toMatch(/the server answers 416: it is shorter than it/)
  })

  test('is not kept with a wrong checksum', async () => {
    await commands.makeFault('changed', 1)
    expect(await failure()).toMatch(
      /what came has the checksum [0-9a-f]{40}, but should have [0-9a-f]{40}$/,
    )
    expect(await kept()).toEqual([])
    expect((await small()).length).toBe(2)
  })
})

test('a page without a Cache is told what to do', async () => {
  vi.stubGlobal('caches', undefined)
  expect(await failure()).toBe(
    'DataError: huggingFace: this page has no Cache to keep files in: serve it by ' +
      'https, or from localhost, or use { streaming: true }',
  )
  vi.unstubAllGlobals()
})

test('a stream has all rows, and keeps nothing', async () => {
  await commands.makeFault('busy', 1)
  const options = { hubUrl, wait, token: 'hf_open', streaming: true } as const
  const rows = await huggingFace<Digit>('someone/digits', options)
  expect(await shades(rows)).toEqual(numbers(14))
  expect(await kept()).toEqual([])
})
