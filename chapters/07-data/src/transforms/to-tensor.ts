import { Tensor } from '@deepdive/autograd'
import {
  checkCount,
  getDefaultDevice,
  NDArray,
  optionsOf,
  ShapeError,
} from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'

/** An image as decoders give it, and browsers: all channels of a pixel together. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Bytes, or 16 bits for each channel of each pixel. */
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array
}

/**
 * A picture of whole numbers as a tensor of fractions: [C, H, W], from 0 to 1. There
 * are as many channels as numbers for each pixel.
 *
 * @throws ShapeError where the numbers are not some for each pixel.
 * @example
 * const picture = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 0, 0, 51) }
 * transforms.toTensor(picture).shape // → [3, 1, 2]
 * transforms.toTensor(picture).flatten(1)
 * // → tensor([[1.0000, 0.0000],
 * //           [0.0000, 0.0000],
 * //           [0.0000, 0.2000]])
 */
export function toTensor(picture: Picture): Tensor {
  const { width, height, data } = optionsOf('toTensor', picture)
  checkCount('toTensor', { width, height })
  checkKind('toTensor', { data }, 'bytes, or a Uint16Array', isPixels)
  const pixels = width * height
  const channels = data.length / pixels
  if (!Number.isInteger(channels) || channels === 0) {
    throw new ShapeError(
      `toTensor: ${data.length} numbers are not some for each of ${width}×${height} ` +
        'pixels',
    )
  }
  const largest = data instanceof Uint16Array ? 65_535 : 255
  const values = new Float32Array(data.length)
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * pixels
    for (let n = 0; n < pixels; n++) {
      values[start + n] = data[n * channels + channel] / largest
    }
  }
  const shape = [channels, height, width]
  return new Tensor(NDArray.from(values, shape, getDefaultDevice()))
}

function isPixels(data: unknown): boolean {
  const bytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray
  return bytes || data instanceof Uint16Array
}
