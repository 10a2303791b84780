import { checkWord, optionsOf } from '@deepdive/tensor'
import type { Folder } from './folder.ts'
import { readIdxImages } from './idx-images.ts'
import { LabeledImages } from './labeled-images.ts'
import type { MnistOptions } from './mnist.ts'

const digits = [...'0123456789']
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const small = [...'abcdefghijklmnopqrstuvwxyz']
/** Small letters that look unlike their capitals. */
const distinct = [...'abdefghnqrt']

/** What the labels of each split mean; those of letters begin at 1. */
const classes = {
  byclass: [...digits, ...capitals, ...small],
  bymerge: [...digits, ...capitals, ...distinct],
  balanced: [...digits, ...capitals, ...distinct],
  letters: ['N/A', ...small],
  digits,
  mnist: digits,
}

export interface EmnistOptions extends MnistOptions {
  /** Which characters, and which of them count as one. */
  readonly split: keyof typeof classes
  /**
   * Whether to turn characters upright. In the files, and so in torchvision, rows and
   * columns have changed places. Default: false.
   */
  readonly upright?: boolean
}

/**
 * EMNIST, up to 814,255 handwritten letters and digits, in files like MNIST's (Cohen et
 * al. 2017).
 *
 * @throws DataError that names the file that is missing or broken.
 * @example
 * await emnist('/nowhere', { split: 'letters' })
 * // throws DataError: emnist: there is no emnist-letters-train-images-idx3-ubyte, nor
 */
export async function emnist(
  folder: Folder,
  options: EmnistOptions,
): Promise<LabeledImages> {
  const { split, train = true, upright = false } = optionsOf('emnist', options)
  checkWord('emnist', 'split', split, Object.keys(classes))
  const images = await readIdxImages('emnist', folder, {
    prefix: `emnist-${split}-${train ? 'train' : 'test'}`,
    subfolders: ['raw', 'EMNIST/raw', 'gzip'],
    classes: classes[split],
  })
  return upright ? new LabeledImages({ ...images, ...transposed(images) }) : images
}

function transposed({ pixels, shape }: LabeledImages) {
  const [channels, height, width] = shape
  const turned = new Uint8Array(pixels.length)
  for (let start = 0; start < pixels.length; start += height * width) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        turned[start + x * height + y] = pixels[start + y * width + x]
      }
    }
  }
  return { pixels: turned, shape: [channels, width, height] as const }
}
