import { optionsOf } from '@deepdive/tensor'
import type { Folder } from './folder.ts'
import { readIdxImages } from './idx-images.ts'
import type { LabeledImages } from './labeled-images.ts'

export interface MnistOptions {
  /** Whether the samples to learn from, or those to be tested on. Default: true. */
  readonly train?: boolean
}

const digits = Array.from({ length: 10 }, (_, digit) => String(digit))

const garments = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]

const hiragana = ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo']

/**
 * MNIST, 70,000 handwritten digits (LeCun et al. 1998): a sample is [1, 28, 28] grey
 * values from 0 to 1, and the digit. The folder holds the four IDX files, gzip or not,
 * or is the one that torchvision downloads them to.
 *
 * @throws DataError that names the file that is missing or broken.
 * @example
 * await mnist('/nowhere')
 * // throws DataError: mnist: there is no train-images-idx3-ubyte, nor train-
 */
export function mnist(folder: Folder, options?: MnistOptions): Promise<LabeledImages> {
  return readMnist('mnist', 'MNIST', folder, digits, options)
}

/**
 * Fashion-MNIST, 70,000 pictures of ten kinds of clothes, in files like MNIST's (Xiao
 * et al. 2017).
 *
 * @throws DataError that names the file that is missing or broken.
 * @example
 * await fashionMnist('/nowhere', { train: false })
 * // throws DataError: fashionMnist: there is no t10k-images-idx3-ubyte, nor t10k-
 */
export function fashionMnist(
  folder: Folder,
  options?: MnistOptions,
): Promise<LabeledImages> {
  return readMnist('fashionMnist', 'FashionMNIST', folder, garments, options)
}

/**
 * Kuzushiji-MNIST, 70,000 old Japanese characters of ten kinds, in files like MNIST's
 * (Clanuwat et al. 2018).
 *
 * @throws DataError that names the file that is missing or broken.
 * @example
 * await kmnist('/nowhere')
 * // throws DataError: kmnist: there is no train-images-idx3-ubyte, nor train-
 */
export function kmnist(folder: Folder, options?: MnistOptions): Promise<LabeledImages> {
  return readMnist('kmnist', 'KMNIST', folder, hiragana, options)
}

async function readMnist(
  owner: string,
  subfolder: string,
  folder: Folder,
  classes: readonly string[],
  options: MnistOptions = {},
): Promise<LabeledImages> {
  const { train = true } = optionsOf(owner, options)
  const prefix = train ? 'train' : 't10k'
  const subfolders = ['raw', `${subfolder}/raw`]
  return readIdxImages(owner, folder, { prefix, subfolders, classes })
}
