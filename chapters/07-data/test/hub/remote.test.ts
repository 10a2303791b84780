import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { parquet, readIdx } from '../../src/data.ts'
import { idxBytes } from '../sources/write-idx.ts'
import { busy, cut, refused } from './faults.ts'
import { HubServer, hash } from './hub-server.ts'
import { imageRows } from './mnist-like.ts'

const rows = imageRows(0, 9)
const idx = idxBytes(8, [2, 2], Uint8Array.of(1, 2, 3, 4))
const files = { rows: { bytes: rows }, idx: { bytes: idx } }
const server = new HubServer({ some: { versions: { main: files } } })

beforeAll(() => server.start())
afterAll(() => server.stop())
afterEach(() => {
  server.faults = []
  server.requests.length = 0
})

const urlOf = (bytes: Uint8Array) => `${server.url}/files/file/${hash(bytes)}`

test('a Parquet file at a URL is read part by part, despite faults', async () => {
  server.faults = [cut(0)]
  const found = await parquet<{ label: number }>(urlOf(rows))
  server.requests.length = 0
  server.faults = [cut(7), busy('file', '0')]
  expect((await found.get(8)).label).toBe(0)
  const parts = server
    .taken('file')
    .map(({ range }) => range?.match(/\d+/g)?.map(Number))
  for (const [start = 0, end = 0] of parts.map((part) => part ?? [])) {
    expect(end - start).toBeLessThan(rows.length / 2)
  }
})

test('a small file at a URL is read at once', async () => {
  server.faults = [busy('file', '0', 503), cut(3)]
  expect((await readIdx(urlOf(idx))).shape).toEqual([2, 2])
})

test('a URL with nothing at it is named', async () => {
  const url = urlOf(Uint8Array.of(7))
  server.faults = [refused('file', 404), refused('file', 404), refused('file', 403)]
  await expect(parquet(url)).rejects.toThrow(
    `parquet: ${url}: the server answers 404: it is not there`,
  )
  await expect(readIdx(url)).rejects.toThrow(
    `${url} cannot be read: there is no such file`,
  )
  await expect(readIdx(url)).rejects.toThrow('the server answers 403')
})
