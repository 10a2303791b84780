import fc from 'fast-check'
import { encode } from 'fast-png'
import jpeg from 'jpeg-js'
import { describe, expect, test } from 'vitest'
import { decodeImage } from '../../src/data.ts'

const png = (channels: number, data: Uint8Array | Uint16Array, depth: 8 | 16 = 8) =>
  encode({ width: 2, height: data.length / channels / 2, channels, data, depth })

const failure = (bytes: Uint8Array) => decodeImage(bytes).then(() => 'none', String)

const grey = png(1, Uint8Array.of(0, 50, 100, 255))

test('an image has the channels of its file, opacity aside', async () => {
  const cases: [number, number[]][] = [
    [1, [1, 2]],
    [2, [1, 3]],
    [3, [1, 2, 3, 4, 5, 6]],
    [4, [1, 2, 3, 5, 6, 7]],
  ]
  for (const [channels, expected] of cases) {
    const data = Uint8Array.from({ length: 2 * channels }, (_, n) => n + 1)
    expect([...(await decodeImage(png(channels, data))).data]).toEqual(expected)
  }
})

test('16 bits are kept', async () => {
  const data = Uint16Array.of(0, 65_535, 256, 1)
  expect((await decodeImage(png(1, data, 16))).data).toEqual(data)
  const colors = await decodeImage(png(1, data, 16), { channels: 4 })
  expect([...colors.data.subarray(4, 8)]).toEqual([65_535, 65_535, 65_535, 65_535])
})

test('any png comes back as it was written', async () => {
  const cases = fc.record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1, 3, 4),
    seed: fc.nat(),
  })
  const property = fc.asyncProperty(
    cases,
    async ({ width, height, channels, seed }) => {
      const length = width * height * channels
      const data = Uint8Array.from({ length }, (_, n) => (n * 31 + seed) % 256)
      const bytes = encode({ width, height, channels, data })
      const all = channels === 4 ? ({ channels: 4 } as const) : {}
      expect(await decodeImage(bytes, all)).toEqual({ width, height, data })
    },
  )
  await fc.assert(property)
})

describe('a broken file is an error, and never other pixels', () => {
  const noise = Uint8Array.from({ length: 900 }, (_, n) => (n * n * 7) % 256)
  const whole = encode({ width: 20, height: 15, channels: 3, data: noise })

  test('wherever a png is cut short', async () => {
    const property = fc.asyncProperty(fc.nat(whole.length - 1), async (end) => {
      expect(await failure(whole.slice(0, end))).toContain('DataError: decodeImage: ')
    })
    await fc.assert(property)
  })

  test('whichever byte of a png is another', async () => {
    const place = fc.nat(whole.length - 1)
    const property = fc.asyncProperty(
      place,
      fc.integer({ min: 1, max: 255 }),
      async (...given) => {
        const [at, change] = given
        const bytes = whole.slice()
        bytes[at] ^= change
        expect(await failure(bytes)).toContain('DataError: decodeImage: ')
      },
    )
    await fc.assert(property)
  })

  test('where a jpeg is cut short', async () => {
    const data = Uint8Array.from({ length: 64 * 64 * 4 }, (_, n) => (n * n * 7) % 256)
    const { data: file } = jpeg.encode({ width: 64, height: 64, data }, 90)
    const bytes = Uint8Array.from(file)
    expect(await failure(bytes)).toBe('none')
    for (const share of [0.01, 0.2, 0.5, 0.9]) {
      const cut = bytes.slice(0, Math.floor(bytes.length * share))
      expect(await failure(cut)).toContain('DataError: decodeImage: ')
    }
  })

  test('if it is none at all', async () => {
    expect(await failure(new Uint8Array())).toBe(
      'DataError: decodeImage: it is neither PNG nor JPEG: it begins with nothing',
    )
    expect(await failure(Buffer.from('<svg>'))).toContain('it begins with 3c 73 76 67')
    expect(await failure(grey.slice(0, 20))).toContain('it is a PNG that is cut short')
  })

  test('if it claims more pixels than there is memory for', async () => {
    const bytes = Uint8Array.from(grey)
    new DataView(bytes.buffer).setUint32(16, 2_000_000_000)
    expect(await failure(bytes)).toBe(
      'DataError: decodeImage: it claims to have 2000000000×2 pixels, which are too ' +
        'many',
    )
  })
})

test('channels that no image has are refused', async () => {
  const options = { channels: 2 as never }
  await expect(decodeImage(grey, options)).rejects.toThrow(
    'decodeImage: channels is 2: it must be 1, 3 or 4',
  )
})
