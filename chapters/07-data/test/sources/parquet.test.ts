import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { parquetMetadata, parquetSchema } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, describe, expect, test } from 'vitest'
import { DataError, DataLoader, parquet } from '../../src/data.ts'
import { checkGroups } from '../../src/sources/parquet/check-groups.ts'
import { imageRows, png } from '../hub/mnist-like.ts'

const folder = mkdtempSync(join(tmpdir(), 'deepdive-parquet-'))
afterAll(() => rmSync(folder, { recursive: true }))

type WriteOptions = Parameters<typeof parquetWriteBuffer>[0]

const written = (options: WriteOptions) => new Uint8Array(parquetWriteBuffer(options))

const flats = written({
  columnData: [
    { name: 'rooms', type: 'INT64', data: [3n, 2n, 4n] },
    { name: 'area', type: 'DOUBLE', data: [70, 40, 90.5] },
    { name: 'city', type: 'STRING', data: ['Bern', 'Genf', 'Chur'] },
    { name: 'sold', type: 'BOOLEAN', data: [true, false, true] },
  ],
  rowGroupSize: 2,
})

const failure = (bytes: Uint8Array, columns?: string[]) =>
  parquet(bytes, columns ? { columns } : {})
    .then((rows) => rows.get(0))
    .then(String, String)

test('a sample is a row, a batch has a tensor for each column of numbers', async () => {
  type Flat = { rooms: number; area: number; city: string; sold: boolean }
  const rows = await parquet<Flat>(flats)
  expect(rows.length).toBe(3)
  expect(await rows.get(2)).toEqual({ rooms: 4, area: 90.5, city: 'Chur', sold: true })
  const batches: string[] = []
  for await (const { rooms, area, city, sold } of new DataLoader(rows, {
    batchSize: 2,
  })) {
    batches.push(`${rooms} ${area} ${city} ${sold}`)
  }
  // Areas are fractions in the first batch too, where both are whole.
  expect(batches).toEqual([
    'tensor([3, 2]) tensor([70., 40.]) Bern,Genf tensor([ true, false])',
    'tensor([4]) tensor([90.5000]) Chur tensor([true])',
  ])
})

test('images are decoded, and labels have names', async () => {
  const rows = await parquet<{ image: Tensor; label: number }>(imageRows(0, 6))
  const { image, label } = await rows.get(5)
  expect([image.shape, label]).toEqual([[1, 2, 2], 1])
  expect(image.amax().item()).toBeCloseTo(5 / 255, 6)
  expect(rows.classes).toEqual({ label: ['even', 'odd'] })
  const loader = new DataLoader(rows, { batchSize: 6, numWorkers: 1 })
  for await (const batch of loader) {
    expect(batch.image.shape).toEqual([6, 1, 2, 2])
    expect(String(batch.label)).toBe('tensor([0, 1, 0, 1, 0, 1])')
  }
})

test('several files are one after another, from disk or from memory', async () => {
  const path = join(folder, 'b.parquet')
  writeFileSync(path, imageRows(4, 3))
  const places = [imageRows(0, 4, 3), path, pathToFileURL(path), new Blob([flats])]
  const rows = await parquet<{ label: number }>(places.slice(0, 3))
  expect(rows.length).toBe(10)
  const labels = await Promise.all([0, 3, 4, 6, 7, 9].map((n) => rows.get(n)))
  expect(labels.map(({ label }) => label)).toEqual([0, 1, 0, 0, 0, 0])
  expect((await parquet(places[3])).length).toBe(3)
})

test('only columns that are asked for are read', async () => {
  const rows = await parquet(flats, { columns: ['city', 'rooms'] })
  expect(await rows.get(0)).toEqual({ rooms: 3, city: 'Bern' })
})

test('rows that are stored together are read once', async () => {
  let reads = 0
  const blob = new Blob([Uint8Array.from(flats)])
  const slice = blob.slice.bind(blob)
  blob.slice = (...range) => {
    reads++
    return slice(...range)
  }
  const rows = await parquet(blob)
  const before = reads
  await Promise.all([rows.get(0), rows.get(1), rows.get(0)])
  const first = reads - before
  expect(first).toBeGreaterThan(0)
  await rows.get(1)
  expect(reads - before).toBe(first)
  await rows.get(2)
  expect(reads - before).toBeGreaterThan(first)
})

test('any rows that are written come back, however they are packed', async () => {
  const row = fc.record({
    whole: fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }),
    small: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    double: fc.double({ noNaN: true }),
    text: fc.option(fc.string({ unit: 'grapheme' })),
    flag: fc.boolean(),
    bytes: fc.uint8Array(),
  })
  const codecs = fc.constantFrom('SNAPPY', 'UNCOMPRESSED', 'GZIP', 'BROTLI')
  const cases = fc.tuple(
    fc.array(row, { minLength: 1, maxLength: 30 }),
    fc.integer({ min: 1, max: 20 }),
    codecs,
  )
  const property = fc.asyncProperty(cases, async ([rows, rowGroupSize, codec]) => {
    const column = <Key extends keyof (typeof rows)[0]>(name: Key) =>
      rows.map((one) => one[name])
    const file = written({
      columnData: [
        { name: 'whole', type: 'INT64', data: column('whole') },
        { name: 'small', type: 'INT32', data: column('small') },
        { name: 'double', type: 'DOUBLE', data: column('double') },
        { name: 'text', type: 'STRING', data: column('text') },
        { name: 'flag', type: 'BOOLEAN', data: column('flag') },
        { name: 'bytes', type: 'BYTE_ARRAY', data: column('bytes') },
      ],
      rowGroupSize,
      codec,
      compressors: { GZIP: gzipSync, BROTLI: brotliCompressSync },
    })
    const found = await parquet(file)
    expect(found.length).toBe(rows.length)
    for (const [n, one] of rows.entries()) {
      expect(await found.get(n)).toEqual({ ...one, whole: Number(one.whole) })
    }
  })
  await fc.assert(property)
})

test('lists of numbers are typed arrays, and make batches of one length', async () => {
  const file = written({
    schema: [
      { name: 'root', num_children: 1 },
      {
        name: 'vector',
        converted_type: 'LIST',
        repetition_type: 'OPTIONAL',
        num_children: 1,
      },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', repetition_type: 'OPTIONAL' },
    ],
    columnData: [
      {
        name: 'vector',
        data: [
          [1, 2],
          [3, 4.5],
        ],
      },
    ],
  })
  const rows = await parquet<{ vector: Float32Array }>(file)
  expect((await rows.get(1)).vector).toEqual(Float32Array.of(3, 4.5))
  for await (const { vector } of new DataLoader(rows, { batchSize: 2 })) {
    expect(vector.toArray()).toEqual([
      [1, 2],
      [3, 4.5],
    ])
  }
})

describe('what is no whole Parquet file is refused by name', () => {
  test('wherever it is cut short', async () => {
    const property = fc.asyncProperty(fc.nat(flats.length - 1), async (end) => {
      expect(await failure(flats.slice(0, end))).toMatch(
        /^DataError: .*these \d+ bytes/,
      )
    })
    await fc.assert(property)
  })

  test('if it is something else, or lacks a column, or is missing', async () => {
    expect(await failure(png(3))).toContain('parquet: these ')
    expect(await failure(flats, ['rooms', 'floor'])).toBe(
      `DataError: parquet: these ${flats.length} bytes: there is no column floor: ` +
        'there are rooms, area, city, sold',
    )
    const missing = join(folder, 'missing.parquet')
    await expect(parquet(missing)).rejects.toThrow(missing)
  })

  /** Where the part at the end begins that says what is in the file. */
  const footerOf = (bytes: Uint8Array) =>
    bytes.length - 8 - Buffer.from(bytes).readUint32LE(bytes.length - 8)

  test('where columns are others than those of its schema', async () => {
    const renamed = flats.slice()
    renamed[Buffer.from(renamed).indexOf('area', footerOf(flats))] = 'A'.charCodeAt(0)
    expect(await failure(renamed)).toBe(
      `DataError: parquet: these ${flats.length} bytes: row group 0: it has area, city, ` +
        'rooms, sold where columns are Area, city, rooms, sold: the file is broken',
    )
  })

  test('where it has fewer values than rows', () => {
    const metadata = parquetMetadata(Uint8Array.from(flats).buffer)
    metadata.row_groups[1].num_rows = 2n
    expect(() => checkGroups('x', metadata, parquetSchema(metadata))).toThrow(
      'x: row group 1: a column has fewer values than there are rows: the file is broken',
    )
  })

  test('or whatever byte of its end is another one', async () => {
    const start = footerOf(flats)
    const change = fc.tuple(
      fc.integer({ min: start, max: flats.length - 1 }),
      fc.nat(255),
    )
    const property = fc.asyncProperty(change, async ([place, byte]) => {
      const changed = flats.slice()
      changed[place] = byte
      try {
        const { length } = await parquet(changed)
        expect([0, 1, 2, 3]).toContain(length)
      } catch (error) {
        expect(error).toBeInstanceOf(DataError)
      }
    })
    await fc.assert(property, { numRuns: 500 })
  })

  test('by the row group that is broken', async () => {
    const broken = flats.slice()
    broken.fill(255, 4, 60)
    expect(await failure(broken)).toContain(
      `DataError: these ${flats.length} bytes: row group 0: `,
    )
  })

  test('by the sample and column whose image is broken', async () => {
    const file = imageRows(0, 3)
    const start = Buffer.from(file).indexOf(Buffer.from('IDAT'))
    file[start + 6] ^= 255
    const rows = await parquet(file)
    const read = async () => {
      for await (const _ of new DataLoader(rows, { batchSize: 3 }));
    }
    await expect(read()).rejects.toThrow(
      'DataLoader: cannot load samples 0, 1, 2: sample 0: column image: decodeImage: ',
    )
  })

  test('by the sample and column that has no value', async () => {
    const file = written({
      columnData: [{ name: 'a', type: 'INT32', data: [1, null], nullable: true }],
    })
    const read = async () => {
      for await (const _ of new DataLoader(await parquet(file), { batchSize: 2 }));
    }
    await expect(read()).rejects.toThrow(
      'parquet: a of sample 1 is null, but a of sample 0 the number 1',
    )
  })
})
