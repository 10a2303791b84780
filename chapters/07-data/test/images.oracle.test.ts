import { readFixture } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { decodeImage } from '../src/data.ts'

interface ImageCase {
  readonly name: string
  readonly file: string
  readonly width: number
  readonly height: number
  readonly pixels: Readonly<Record<'1' | '3' | '4', readonly number[]>>
}

describe('images have the pixels that Pillow finds in them', () => {
  for (const { name, file, width, height, pixels } of readFixture<ImageCase>(
    import.meta.url,
    'images',
  ))
    test.each([1, 3, 4] as const)(`${name}, as %i channels`, async (channels) => {
      const bytes = Uint8Array.from(Buffer.from(file, 'base64'))
      const picture = await decodeImage(bytes, { channels })
      expect([picture.width, picture.height]).toEqual([width, height])
      const expected = pixels[channels]
      if (name.startsWith('png')) return expect([...picture.data]).toEqual(expected)
      const apart = Array.from(picture.data, (byte, n) => Math.abs(byte - expected[n]))
      expect(picture.data.length).toBe(expected.length)
      // Pillow smooths colours that are stored for several pixels at a time.
      expect(Math.max(...apart)).toBeLessThan(name.includes('fine') ? 4 : 12)
      expect(apart.reduce((a, b) => a + b) / apart.length).toBeLessThan(3)
    })
})
