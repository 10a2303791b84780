import { open, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { data, ones, zeros } from '../src/index.ts'

const { load, safeOpen, serialize } = data

/** A file of this header, a text or what JSON makes of it, and as many bytes of data. */
function file(header: unknown, size = 0, claimed?: number | bigint): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header)
  const json = new TextEncoder().encode(text)
  const bytes = new Uint8Array(8 + json.length + size)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed ?? json.length), true)
  bytes.set(json, 8)
  return bytes
}

const f32 = (shape: unknown, ...data_offsets: unknown[]) => ({
  dtype: 'F32',
  shape,
  data_offsets,
})

async function complaint(bytes: Uint8Array): Promise<string> {
  try {
    await load(bytes)
  } catch (error) {
    return String(error)
  }
  return 'nothing was thrown'
}

const begin = 'FileError: load: these bytes: '

test.each([
  ['', new Uint8Array(0), 'it has 0 bytes, and a safetensors file begins with 8'],
  [
    '7 bytes',
    new Uint8Array(7),
    'it has 7 bytes, and a safetensors file begins with 8',
  ],
  [
    'header of 10 GB claimed',
    file({}, 0, 10n ** 10n),
    'its header claims 10000000000 bytes, and 2 follow: it is cut short, or no ' +
      'safetensors file',
  ],
  [
    'header of 2⁶⁴ − 1 bytes',
    file({}, 0, 2n ** 64n - 1n),
    'its header claims 18446744073709551615 bytes, and 2 follow',
  ],
  [
    'header beyond the limit of the format',
    file({}, 100_000_000, 100_000_001),
    'its header has 100000001 bytes, where 100000000 are allowed',
  ],
  ['zip of torch.save', zip(), 'it is a file of torch.save, which only Python reads:'],
  ['pickle', pickle(), 'it is a file of torch.save, which only Python reads: write'],
  ['header of no length', file(''), 'its header is no JSON: it is no safetensors file'],
  ['header that is no JSON', file('{"a":'), 'its header is no JSON'],
  ['header and more JSON', file('{}{}'), 'its header is no JSON'],
  ['list for a header', file([]), 'its header is [], and no object'],
  ['null for a header', file('null'), 'its header is null, and no object'],
  [
    'header that is no UTF-8',
    file({}).fill(0xff, 8),
    'its header is no text in UTF-8: it is no safetensors file',
  ],
  [
    'tensor that is there twice',
    file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\\u0061":{}}', 4),
    'its header has "a" twice',
  ],
  [
    'key that a tensor has twice',
    file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"shape":[2]}}', 4),
    'its header has "shape" twice',
  ],
  ['tensor that is null', file({ a: null }), '"a" has dtype missing, which is none of'],
  ['tensor that is a list', file({ a: [] }), '"a" has dtype missing, which is none of'],
  [
    'unknown dtype',
    file({ a: { ...f32([1], 0, 4), dtype: 'constructor' } }, 4),
    '"a" has dtype "constructor", which is none of F32, I32, BOOL, F16',
  ],
  [
    'dtype that is a number',
    file({ a: { ...f32([1], 0, 4), dtype: 5 } }, 4),
    '"a" has dtype 5, which is none of',
  ],
  [
    'no shape',
    file({ a: f32(undefined, 0, 4) }, 4),
    '"a" has shape missing: it must be',
  ],
  [
    'half a size',
    file({ a: f32([0.5], 0, 2) }, 2),
    '"a" has shape [0.5]: it must be a',
  ],
  [
    'negative size',
    file({ a: f32([-1, -1], 0, 4) }, 4),
    '"a" has shape [-1, -1]: it must',
  ],
  [
    'size of −0',
    file('{"a":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}'),
    '"a" has shape [0]: it must be a list of sizes',
  ],
  [
    'size beyond all bounds',
    file({ a: f32([1e300], 0, 4) }, 4),
    '"a" has shape [1e+300]: it must be a list of sizes',
  ],
  [
    'size that only overflows to fit',
    file({ a: f32([2 ** 32, 2 ** 32], 0, 0) }),
    '"a" is F32 [4294967296, 4294967296], which takes 73786976294838210000 bytes, but it',
  ],
  [
    'no offsets',
    file({ a: { dtype: 'F32', shape: [1] } }, 4),
    '"a" has data_offsets missing: they must be a start and an end',
  ],
  [
    'one offset',
    file({ a: f32([1], 4) }, 4),
    '"a" has data_offsets [4]: they must be a',
  ],
  [
    'end before the start',
    file({ a: f32([1], 4, 0) }, 4),
    '"a" has data_offsets [4, 0]',
  ],
  ['negative start', file({ a: f32([1], -4, 0) }, 4), '"a" has data_offsets [-4, 0]'],
  [
    'end beyond the file',
    file({ a: f32([2], 0, 8) }, 7),
    '"a" ends at byte 8 of the data, which has 7: the file is cut short, or broken',
  ],
  [
    '10 GB of data claimed',
    file({ a: f32([2.5e9], 0, 1e10) }, 7),
    '"a" ends at byte 10000000000 of the data, which has 7: the file is cut short',
  ],
  [
    'shape that does not fit its bytes',
    file({ a: f32([3], 0, 8) }, 8),
    '"a" is F32 [3], which takes 12 bytes, but it has 8',
  ],
  [
    'overlap',
    file({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12),
    '"a" and "b" overlap',
  ],
  [
    'tensor within another',
    file({ a: f32([1], 4, 8), b: f32([3], 0, 12) }, 12),
    '"b" and "a" overlap',
  ],
  [
    'gap',
    file({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12),
    '4 bytes before "b" are no tensor\'s',
  ],
  [
    'more at the end',
    file({ a: f32([1], 0, 4) }, 9),
    "the last 5 bytes are no tensor's",
  ],
  ['data of no tensor', file({}, 3), "the last 3 bytes are no tensor's"],
  ['metadata as a list', file({ __metadata__: [] }), 'its __metadata__ is []'],
  [
    'metadata of numbers',
    file({ __metadata__: { epoch: 3 } }),
    'in its __metadata__, "epoch" is 3, no string',
  ],
  [
    'name of a megabyte',
    file({ ['n'.repeat(1e6)]: null }),
    `"${'n'.repeat(79)}… has dtype missing`,
  ],
])('%s is refused', async (_, bytes, message) => {
  expect(await complaint(bytes)).toContain(begin + message)
})

function zip(): Uint8Array {
  return new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0, 0, 0])
}

function pickle(): Uint8Array {
  return new Uint8Array([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20])
}

describe('an element that no dtype here can hold is refused:', () => {
  const one = (dtype: string, bytes: ArrayBuffer) => {
    const start = file({
      w: { dtype, shape: [1], data_offsets: [0, bytes.byteLength] },
    })
    return new Uint8Array([...start, ...new Uint8Array(bytes)])
  }

  test.each([
    ['I64', BigInt64Array.of(2n ** 31n).buffer, '2147483648'],
    ['I64', BigInt64Array.of(-(2n ** 31n) - 1n).buffer, '-2147483649'],
    ['I64', BigInt64Array.of(2n ** 53n + 1n).buffer, '9007199254740993'],
    ['U64', BigUint64Array.of(2n ** 64n - 1n).buffer, '18446744073709551615'],
    ['U32', Uint32Array.of(2 ** 32 - 1).buffer, '4294967295'],
    ['F64', Float64Array.of(-1e39).buffer, '-1e+39'],
    ['BOOL', Uint8Array.of(2).buffer, '2'],
  ])('%s %#', async (dtype, bytes, element) => {
    expect(await complaint(one(dtype, bytes))).toBe(
      `${begin}"w" is ${dtype} [1] with an element ${element}: no dtype here holds it`,
    )
  })

  test('one of a dtype that has no counterpart, but none beside it', async () => {
    const header = {
      small: { dtype: 'F8_E4M3', shape: [2], data_offsets: [0, 2] },
      w: { dtype: 'U8', shape: [1], data_offsets: [2, 3] },
    }
    const opened = await safeOpen(file(header, 3))
    expect((await opened.getTensor('w')).toArray()).toEqual([0])
    await expect(opened.getTensor('small')).rejects.toThrow(
      'safeOpen: these bytes: "small" is F8_E4M3 [2], which no dtype here can hold: ' +
        'write it as F32',
    )
    await expect(opened.getTensor('toString')).rejects.toThrow(
      'safeOpen: these bytes: there is no tensor "toString"',
    )
  })
})

test('a file of 10 GB with a header that claims them is refused without their memory', async () => {
  const path = join(tmpdir(), `deepdive-large-${process.pid}.safetensors`)
  const handle = await open(path, 'w')
  await handle.writeFile(file({ a: f32([4], 0, 16) }, 16, 9_000_000_000))
  await handle.close()
  await truncate(path, 10_000_000_000)
  const before = process.memoryUsage().arrayBuffers
  await expect(load(path)).rejects.toThrow('its header has 9000000000 bytes, where')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6)
  await rm(path)
})

describe('whatever is done to a file,', () => {
  /** Loads it, or throws a FileError; anything else is an accident. */
  async function attempt(bytes: Uint8Array): Promise<void> {
    try {
      await load(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(data.FileError)
    }
  }

  const good = serialize(
    { weight: ones([3, 2]), bias: zeros([3]), mask: ones([3], { dtype: 'bool' }) },
    { metadata: { a: '{}' } },
  )

  test('a byte changed', async () => {
    const bytes = await good
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = bytes.slice()
        for (const [place, byte] of changes) changed[place] = byte
        return attempt(changed)
      }),
      { numRuns: 1000 },
    )
  })

  test('a part cut out, or doubled', async () => {
    const bytes = await good
    const place = fc.nat(bytes.length)
    await fc.assert(
      fc.asyncProperty(place, place, (a, b) => {
        return attempt(new Uint8Array([...bytes.slice(0, a), ...bytes.slice(b)]))
      }),
      { numRuns: 300 },
    )
    for (let length = 0; length < bytes.length; length++) {
      expect(await complaint(bytes.subarray(0, length))).toMatch(/^FileError: /)
    }
  })

  test('its header made up of anything', async () => {
    const offset = fc.oneof(fc.nat(40), fc.double(), fc.anything())
    const entry = fc.record({
      dtype: fc.oneof(fc.constantFrom('F32', 'I64', 'BOOL', 'C64'), fc.anything()),
      shape: fc.oneof(fc.array(fc.nat(4)), fc.anything()),
      data_offsets: fc.oneof(fc.tuple(offset, offset), fc.anything()),
    })
    const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', '__metadata__'))
    const header = fc.dictionary(key, fc.oneof(entry, fc.anything()))
    const text = header.map((value) => {
      // What JSON cannot write at all has nothing to be read.
      try {
        return JSON.stringify(value)
      } catch {
        return '{}'
      }
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, fc.json()), fc.nat(64), (json, size) => {
        return attempt(file(json, size))
      }),
      { numRuns: 1000 },
    )
  })

  test('JSON nested a million deep', async () => {
    for (const place of ['"a":', '"a":{"dtype":', '"a":{"dtype":"F32","shape":']) {
      for (const [left, right] of ['[]', '{}']) {
        const inside = left === '{' ? '{"a":' : left
        const json = `{${place}${inside.repeat(1e6)}0${right.repeat(1e6)}}`
        await attempt(file(json + (place === '"a":' ? '' : '}')))
      }
    }
  })
})
