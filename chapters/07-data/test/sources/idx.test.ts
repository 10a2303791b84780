import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { readIdx } from '../../src/data.ts'
import { idxBytes } from './write-idx.ts'

const folder = mkdtempSync(join(tmpdir(), 'deepdive-idx-'))
afterAll(() => rmSync(folder, { recursive: true }))

function written(name: string, bytes: Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  return file
}

const failure = (place: string | Uint8Array) => readIdx(place).then(String, String)

/** How a DataView writes an element of each type. */
const types = [
  { type: 0x08, size: 1, set: 'setUint8', Elements: Uint8Array },
  { type: 0x09, size: 1, set: 'setInt8', Elements: Int8Array },
  { type: 0x0b, size: 2, set: 'setInt16', Elements: Int16Array },
  { type: 0x0c, size: 4, set: 'setInt32', Elements: Int32Array },
  { type: 0x0d, size: 4, set: 'setFloat32', Elements: Float32Array },
  { type: 0x0e, size: 8, set: 'setFloat64', Elements: Float64Array },
] as const

test.each(types)(
  'elements of type $type come back',
  async ({ type, size, set, Elements }) => {
    const lists = fc.array(fc.double({ min: -300, max: 300, noNaN: true }))
    const property = fc.asyncProperty(lists, fc.boolean(), async (list, zipped) => {
      const values = Elements.from(list)
      const view = new DataView(new ArrayBuffer(values.length * size))
      for (const [n, value] of values.entries()) view[set](n * size, value)
      const bytes = idxBytes(type, [values.length], new Uint8Array(view.buffer))
      const found = await readIdx(zipped ? gzipSync(bytes) : bytes)
      expect(found).toEqual({ shape: [values.length], values })
    })
    await fc.assert(property)
  },
)

test('a file is named by path or URL, zipped or not, or is a Blob', async () => {
  const bytes = idxBytes(8, [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6))
  const expected = { shape: [2, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 6) }
  const plain = written('plain', bytes)
  expect((await readIdx(plain)).values).toHaveLength(6)
  for (const place of [
    plain,
    pathToFileURL(plain),
    written('zipped.gz', gzipSync(bytes)),
    new Blob([Uint8Array.from(bytes)]),
    // What was zipped in two parts says at its end how long the second is.
    Buffer.concat([gzipSync(bytes.subarray(0, 14)), gzipSync(bytes.subarray(14))]),
    `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`,
  ]) {
    const { shape, values } = await readIdx(place)
    expect({ shape, values: Uint8Array.from(values) }).toEqual(expected)
  }
})

test('what is no whole IDX file is refused by name', async () => {
  const bytes = idxBytes(8, [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6))
  const no = (name: string) =>
    `DataError: ${join(folder, name)}: this is no whole IDX file`
  expect(await failure(written('short', bytes.subarray(0, 15)))).toBe(
    `${no('short')}: [2, 3] elements take 6 bytes, but 3 follow the header`,
  )
  expect(await failure(written('long', Uint8Array.of(...bytes, 7)))).toContain(
    '[2, 3] elements take 6 bytes, but 7 follow the header',
  )
  expect(await failure(written('header', bytes.subarray(0, 11)))).toBe(
    `${no('header')}: it ends before the sizes of 2 axes`,
  )
  const beginning = 'it must begin with two zeros, and the byte of a type'
  expect(await failure(written('text', Buffer.from('text')))).toBe(
    `${no('text')}: ${beginning}`,
  )
  expect(await failure(written('empty', new Uint8Array()))).toContain(beginning)
  const unknownType = Uint8Array.of(0, 0, 10, 1, 0, 0, 0, 0)
  expect(await failure(written('type', unknownType))).toContain(beginning)
})

test('a claim of many gigabytes is refused at once, without their memory', async () => {
  const huge = idxBytes(0x0e, [2 ** 31, 2 ** 31], new Uint8Array(8))
  expect(await failure(written('huge', huge))).toContain(
    '[2147483648, 2147483648] elements take 36893488147419103000 bytes, but 8 follow',
  )
})

test('a file that is missing, a folder, or broken gzip is named', async () => {
  const missing = join(folder, 'missing')
  expect(await failure(missing)).toBe(
    `DataError: ${missing} cannot be read: there is no such file`,
  )
  expect(await failure(folder)).toBe(
    `DataError: ${folder} cannot be read: EISDIR: illegal operation on a directory` +
      ', read',
  )
  const zipped = gzipSync(idxBytes(8, [2], Uint8Array.of(1, 2)))
  const cut = written('cut.gz', zipped.subarray(0, 20))
  expect(await failure(cut)).toBe(
    `DataError: ${cut} cannot be read: it is gzip, but broken: unexpected end of file`,
  )
  zipped.fill(255, zipped.length - 4)
  expect(await failure(written('claim.gz', zipped))).toContain('incorrect length check')
  expect(await failure(Uint8Array.of(0x1f, 0x8b))).toContain('unexpected end of file')
})
