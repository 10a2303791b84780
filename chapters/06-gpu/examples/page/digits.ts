import { randperm, type Tensor, tensor } from '@deepdive/autograd'
import { cpu } from '@deepdive/tensor'

/** Images as rows of 28 · 28 grey values from 0 to 1, and which digit each one is. */
export interface Digits {
  readonly images: Tensor
  readonly labels: Tensor
}

const pixels = 28 * 28
const testCount = 2000

/** 10,000 digits, shuffled; the last 2,000 are kept apart for testing. */
export async function fetchDigits(): Promise<{ train: Digits; test: Digits }> {
  const response = await fetch('digits.bin')
  if (!response.ok) throw new Error(`digits.bin: ${response.status}`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const order = randperm(bytes.length / (1 + pixels), { device: cpu }).toTypedArray()
  return {
    train: unpack(bytes, order.slice(0, -testCount)),
    test: unpack(bytes, order.slice(-testCount)),
  }
}

/** Each digit is a byte that says which it is, and a byte for each pixel. */
function unpack(bytes: Uint8Array, places: ArrayLike<number>): Digits {
  const labels = new Int32Array(places.length)
  const images = new Float32Array(places.length * pixels)
  for (let n = 0; n < places.length; n++) {
    const start = places[n] * (1 + pixels)
    labels[n] = bytes[start]
    for (let k = 0; k < pixels; k++) images[n * pixels + k] = bytes[start + 1 + k] / 255
  }
  return { images: tensor(images, [places.length, pixels]), labels: tensor(labels) }
}
