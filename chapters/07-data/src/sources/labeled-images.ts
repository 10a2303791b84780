import { Tensor } from '@deepdive/autograd'
import {
  formatShape,
  getDefaultDevice,
  NDArray,
  type Shape,
  sizeOf,
} from '@deepdive/tensor'
import { checkIndex } from '../datasets/check-index.ts'
import { checkKind, isList } from '../datasets/check-kind.ts'
import { Dataset } from '../datasets/dataset.ts'
import { DataError } from '../datasets/errors.ts'

/** Images of one size, and what each shows, as the number of a class. */
export interface LabeledBytes {
  /** Channels, height and width of an image. */
  readonly shape: readonly [channels: number, height: number, width: number]
  /** The bytes of all images, one after another. */
  readonly pixels: Uint8Array
  readonly labels: ArrayLike<number>
  /** What the numbers of classes mean. */
  readonly classes: readonly string[]
}

/** Each byte as a fraction of 255. */
const fractions = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)

/**
 * Images of one size that lie in memory, a byte for each pixel and channel. A sample is
 * the pixels, from 0 to 1, of [channels, height, width], and its label.
 *
 * @throws DataError where pixels are missing or left over, or a label is no class's.
 * @example
 * const pixels = Uint8Array.of(0, 255, 255, 0)
 * const images = new LabeledImages({
 *   shape: [1, 1, 2], pixels, labels: [1, 0], classes: ['right', 'left'],
 * })
 * images.get(0) // → [tensor([[[0., 1.]]]), tensor(1)]
 * images.classes[1] // → left
 */
export class LabeledImages extends Dataset<[image: Tensor, label: Tensor]> {
  readonly pixels: Uint8Array
  readonly labels: Int32Array
  readonly shape: LabeledBytes['shape']
  readonly classes: readonly string[]

  constructor(images: LabeledBytes) {
    super()
    const rule = 'an object of shape, pixels, labels and classes'
    checkKind(
      'LabeledImages',
      { images },
      rule,
      (value) => typeof value === 'object' && value !== null,
    )
    const { shape, pixels, labels, classes } = images
    checkKind(
      'LabeledImages',
      { pixels },
      'a Uint8Array',
      (value) => value instanceof Uint8Array,
    )
    checkKind('LabeledImages', { shape, labels, classes }, 'a list', isList)
    if (pixels.length !== labels.length * sizeOf(shape)) {
      throw new DataError(
        `LabeledImages: ${pixels.length} bytes are not ${labels.length} images of ` +
          formatShape(shape),
      )
    }
    this.shape = shape
    this.pixels = pixels
    this.labels = Int32Array.from(labels)
    this.classes = classes
    const wrong = this.labels.findIndex((label) => !(label in classes))
    if (wrong < 0) return
    throw new DataError(
      `LabeledImages: sample ${wrong} has the label ${labels[wrong]}: labels go from ` +
        `0 to ${classes.length - 1}`,
    )
  }

  get length(): number {
    return this.labels.length
  }

  get(index: number): [Tensor, Tensor] {
    const [images, labels] = this.getBatch([index])
    return [images.select(0, 0), labels.select(0, 0)]
  }

  override getBatch(indices: readonly number[]): [Tensor, Tensor] {
    for (const index of indices) checkIndex('LabeledImages', index, this.length)
    const { shape, pixels } = this
    const size = sizeOf(shape)
    const values = new Float32Array(indices.length * size)
    let end = 0
    for (const index of indices) {
      const start = index * size
      for (let i = 0; i < size; i++) values[end + i] = fractions[pixels[start + i]]
      end += size
    }
    const labels = Int32Array.from(indices, (index) => this.labels[index])
    return [made(values, [indices.length, ...shape]), made(labels, [indices.length])]
  }
}

function made(values: Float32Array | Int32Array, shape: Shape): Tensor {
  return new Tensor(NDArray.from(values, shape, getDefaultDevice()))
}
