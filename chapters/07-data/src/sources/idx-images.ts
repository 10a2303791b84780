import { formatShape } from '@deepdive/tensor'
import { DataError, reasonOf } from '../datasets/errors.ts'
import { checkFolder, type Folder } from './folder.ts'
import type { Idx } from './idx.ts'
import { readIdxIn } from './idx-folder.ts'
import { LabeledImages } from './labeled-images.ts'

/** Which two files of a folder hold images and their labels, and what labels mean. */
export interface IdxImages {
  /** The part of both files' names that comes first: `train`, `t10k`. */
  readonly prefix: string
  /** Where in the folder others put them. */
  readonly subfolders: readonly string[]
  readonly classes: readonly string[]
}

/**
 * The images and labels of MNIST's layout, and of its successors.
 *
 * @throws DataError that names the file that is missing, broken, or unlike the other.
 */
export async function readIdxImages(
  owner: string,
  folder: Folder,
  { prefix, subfolders, classes }: IdxImages,
): Promise<LabeledImages> {
  checkFolder(owner, folder)
  try {
    const images = readIdxIn(folder, `${prefix}-images-idx3-ubyte`, subfolders)
    const labels = readIdxIn(folder, `${prefix}-labels-idx1-ubyte`, subfolders)
    // Where both fail, the images say so first, whichever is read first.
    labels.catch(() => {})
    return labeled(await images, await labels, classes)
  } catch (error) {
    throw new DataError(`${owner}: ${reasonOf(error)}`, error)
  }
}

function labeled(images: Idx, labels: Idx, classes: readonly string[]): LabeledImages {
  const [count, height, width] = images.shape
  const { values: pixels } = images
  const fits = images.shape.length === 3 && labels.shape.length === 1
  if (!(fits && labels.shape[0] === count && pixels instanceof Uint8Array)) {
    throw new DataError(
      `images of ${formatShape(images.shape)} and labels of ` +
        `${formatShape(labels.shape)} are not bytes of [N, height, width] and [N]`,
    )
  }
  const shape = [1, height, width] as const
  return new LabeledImages({ shape, pixels, labels: labels.values, classes })
}
