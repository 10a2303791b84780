import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { randperm, type Tensor, tensor } from '@deepdive/autograd'
import { type Digits, loadDigits } from '../../../04-optim/examples/digits/data.ts'
import { fail } from '../../../04-optim/examples/digits/flags.ts'
import { readIdx } from './idx.ts'
import type { FashionOptions } from './options.ts'

/** Pictures of [N, 1, 28, 28] with their labels, and what the labels mean. */
export interface Pictures {
  readonly train: Digits
  readonly test: Digits
  readonly names: readonly string[]
}

const debianFolder = '/usr/share/datasets/fashion-mnist'

/** The images and labels of each part. */
const files = {
  train: ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'],
  test: ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'],
}
const allFiles = Object.values(files).flat()

const howToGet = `To get the clothes, on Debian and Ubuntu:
  apt install dataset-fashion-mnist
Elsewhere, download four files from the folder data/fashion of
https://github.com/zalandoresearch/fashion-mnist
  ${allFiles.join('\n  ')}
into a folder, and name it by --data FOLDER.
`

const garments = [
  'T-shirt',
  'Trousers',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]

/**
 * Fashion-MNIST (Xiao et al. 2017) where its files are, else chapter 4's digits; ends
 * the job where a file is missing or broken.
 */
export function loadPictures(options: FashionOptions): Pictures {
  try {
    return readPictures(options)
  } catch (error) {
    return fail('fashion', error instanceof Error ? error.message : String(error))
  }
}

function readPictures(options: FashionOptions): Pictures {
  const { data: folder = debianFolder, trainCount, testCount } = options
  if (hasPictures(folder)) {
    const train = readPart(folder, 'train', trainCount)
    return { train, test: readPart(folder, 'test', testCount), names: garments }
  }
  console.log(
    `There is no Fashion-MNIST in ${folder}, so this run learns digits instead.`,
  )
  console.log(howToGet)
  return readDigits(options)
}

/**
 * Whether a folder holds the four files; none at all is an answer, but some without the
 * others, or a file in place of the folder, is a mistake.
 */
function hasPictures(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isFile()) {
    throw new Error(
      `--data ${folder} is a file: name the folder that the four files are in`,
    )
  }
  const missing = allFiles.filter((name) => !existsSync(join(folder, name)))
  if (missing.length === 0) return true
  if (missing.length === allFiles.length) return false
  throw new Error(
    `${folder} holds some of the four files, but lacks ${missing.join(', ')}`,
  )
}

/** Chapter 4's digits, in the place of clothes. */
function readDigits({ trainCount, testCount }: FashionOptions): Pictures {
  const { train, test } = loadDigits()
  const part = ({ images, labels }: Digits, count: number) => ({
    images: images.slice(0, 0, count).reshape([-1, 1, 28, 28]),
    labels: labels.slice(0, 0, count),
  })
  const names = garments.map((_, digit) => String(digit))
  return { train: part(train, trainCount), test: part(test, testCount), names }
}

/** `count` of the pictures of a part, or all there are, picked at random. */
function readPart(folder: string, part: keyof typeof files, count: number): Digits {
  const [imageFile, labelFile] = files[part].map((name) => join(folder, name))
  const images = readIdx(imageFile)
  const labels = readIdx(labelFile)
  const [total, height, width] = images.shape
  if (labels.shape[0] !== total || height !== 28 || width !== 28) {
    throw new Error(
      `${folder}: ${part} has images of [${images.shape.join(', ')}] and labels of ` +
        `[${labels.shape.join(', ')}], but needs [N, 28, 28] and [N]`,
    )
  }
  const unknown = labels.values.find((label) => label >= garments.length)
  if (unknown !== undefined) {
    throw new Error(`${labelFile} has a label ${unknown}: labels go from 0 to 9`)
  }
  const places = randperm(total).slice(0, 0, count)
  return {
    images: pickImages(images.values, places.toTypedArray()),
    labels: tensor(labels.values, [total]).indexSelect(0, places),
  }
}

/** Bytes of whole images as grey values from 0 to 1. */
function pickImages(bytes: Uint8Array, places: ArrayLike<number>): Tensor {
  const pixels = 28 * 28
  const greys = new Float32Array(places.length * pixels)
  for (let n = 0; n < places.length; n++) {
    const start = places[n] * pixels
    for (let i = 0; i < pixels; i++) greys[n * pixels + i] = bytes[start + i] / 255
  }
  return tensor(greys, [places.length, 1, 28, 28])
}
