import { type Tensor, tensor } from '@deepdive/autograd'
import { optionsOf } from '@deepdive/tensor'
import { checkIndex } from '../datasets/check-index.ts'
import { checkKind } from '../datasets/check-kind.ts'
import { Dataset } from '../datasets/dataset.ts'
import { DataError, reasonOf } from '../datasets/errors.ts'
import type { LoadOptions } from '../datasets/load-options.ts'
import { checkChannels, decodeImage } from '../images/decode-image.ts'
import type { Channels } from '../images/with-channels.ts'
import { toTensor } from '../transforms/to-tensor.ts'
import { checkFolder, type Entry, type Folder, listFolder } from './folder.ts'
import { nameOfPlace, readBytes } from './place.ts'

export interface ImageFolderOptions {
  /** 1 for grey, 3 for colours, 4 with opacity. Default: 3. */
  readonly channels?: Channels
  /** Whether a class may have no images. Default: false. */
  readonly allowEmpty?: boolean
}

/** An image file, and the number of its class. */
export interface ImageFile extends Entry {
  readonly label: number
}

/**
 * Images of a folder that has a folder for each class. A sample is the pixels, from 0
 * to 1, of [channels, height, width], and the number of its class.
 *
 * @throws DataError, for a sample, that names the file where it is broken.
 * @example
 * const pictures = new ImageFolder(['cat', 'dog'], [], 3)
 * pictures.classes[1] // → dog
 */
export class ImageFolder extends Dataset<[image: Tensor, label: Tensor]> {
  readonly classes: readonly string[]
  readonly files: readonly ImageFile[]
  readonly #channels: Channels

  constructor(
    classes: readonly string[],
    files: readonly ImageFile[],
    channels: Channels,
  ) {
    super()
    checkKind('ImageFolder', { classes, files }, 'a list', Array.isArray)
    this.classes = classes
    this.files = files
    this.#channels = channels
  }

  get length(): number {
    return this.files.length
  }

  async get(index: number, { decoder }: LoadOptions = {}): Promise<[Tensor, Tensor]> {
    checkIndex('ImageFolder', index, this.length)
    const { place, label } = this.files[index]
    const options = { channels: this.#channels, ...(decoder && { decoder }) }
    const bytes = await readBytes(place)
    try {
      const image = toTensor(await decodeImage(bytes, options))
      return [image, tensor(label, { dtype: 'int32' })]
    } catch (error) {
      throw new DataError(`${nameOfPlace(place)}: ${reasonOf(error)}`, error)
    }
  }
}

/**
 * Lists the images of a folder in which each folder is a class, as `cats/1.png` and
 * `dogs/old/1.jpg`. Classes are numbered in the order of their names.
 *
 * @throws DataError where there are no classes, or one has no images.
 * @example
 * await imageFolder('/nowhere')
 * // throws DataError: imageFolder: /nowhere cannot be listed: there is no such folder
 */
export async function imageFolder(
  folder: Folder,
  options: ImageFolderOptions = {},
): Promise<ImageFolder> {
  const { channels = 3, allowEmpty = false } = optionsOf('imageFolder', options)
  checkFolder('imageFolder', folder)
  checkChannels('imageFolder', channels)
  const entries = await listFolder(folder).catch((error) => {
    throw new DataError(`imageFolder: ${reasonOf(error)}`, error)
  })
  const classes = [...new Set(entries.map(classOf))]
    .filter((name) => name !== '')
    .sort()
  const files = entries
    .filter(({ path }) => /\.(png|jpe?g)$/i.test(path) && path.includes('/'))
    .map((entry) => ({ ...entry, label: classes.indexOf(classOf(entry)) }))
  checkClasses(classes, files, allowEmpty)
  return new ImageFolder(classes, files, channels)
}

/** The folder that a file is in, or a folder of its own; '' for a file in none. */
function classOf({ path }: Entry): string {
  return path.slice(0, Math.max(0, path.indexOf('/')))
}

function checkClasses(
  classes: readonly string[],
  files: readonly ImageFile[],
  allowEmpty: boolean,
): void {
  if (classes.length === 0) {
    throw new DataError(
      'imageFolder: there is no folder in it: put the images of each class into one',
    )
  }
  const used = new Set(files.map(({ label }) => label))
  const empty = classes.filter((_, label) => !used.has(label))
  if (empty.length === 0 || allowEmpty) return
  throw new DataError(
    `imageFolder: there is no .png, .jpg or .jpeg in ${empty.join(', ')}: take ` +
      'the folder away, or use allowEmpty',
  )
}
