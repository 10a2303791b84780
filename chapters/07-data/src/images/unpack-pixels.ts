import type { RawImage } from './raw-image.ts'

/** Numbers of pixels, of whole bytes or of 16 bits. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array
  readonly channels: number
}

/**
 * Numbers of fewer bits each in one of its own; those of a palette as their colours.
 */
export function unpackPixels(image: RawImage): Pixels {
  const { palette, channels, depth } = image
  if (depth >= 8 && !palette) return { data: image.data, channels }
  const numbers = depth < 8 ? spread(image) : image.data
  if (!palette) {
    // The largest number of these bits is white.
    return { data: numbers.map((n) => (n * 255) / (2 ** depth - 1)), channels }
  }
  const size = palette[0].length
  const data = new Uint8Array(numbers.length * size)
  for (const [n, index] of numbers.entries()) data.set(palette[index], n * size)
  return { data, channels: size }
}

/** The numbers of several pixels are in one byte, the first in the highest bits. */
function spread({ width, height, data, depth }: RawImage): Uint8Array {
  const numbers = new Uint8Array(width * height)
  const bytesPerRow = Math.ceil((width * depth) / 8)
  const perByte = 8 / depth
  for (let n = 0; n < numbers.length; n++) {
    const [row, column] = [Math.floor(n / width), n % width]
    const byte = data[row * bytesPerRow + Math.floor(column / perByte)]
    const shift = 8 - depth * ((column % perByte) + 1)
    numbers[n] = (byte >> shift) & (2 ** depth - 1)
  }
  return numbers
}
