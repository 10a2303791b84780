import { type PadOptions, pad, type Tensor } from '@deepdive/autograd'
import {
  checkFinite,
  checkWhole,
  checkWord,
  optionsOf,
  ValueError,
} from '@deepdive/tensor'
import { bothSides, crop } from './functional/crop.ts'
import type { Size } from './functional/resize.ts'
import { type Draw, forEachImage, type Transform } from './transform.ts'

export interface RandomCropOptions {
  /** How many pixels to add on each side first. Default: 0. */
  readonly padding?: number
  /** What the added pixels are. Default: 0. */
  readonly fill?: number
  /** How they are made up. Default: 'constant', which is by `fill`. */
  readonly paddingMode?: NonNullable<PadOptions['mode']>
}

/**
 * Takes a part of images, of one size, from anywhere.
 *
 * @throws ValueError where an option makes no sense, or an image is too small.
 * @example
 * const x = tensor([[[1, 1], [1, 1]]])
 * transforms.randomCrop(2, { padding: 1 })(x).sum().item() >= 1 // → true
 * transforms.randomCrop(3)(x)
 * // throws ValueError: randomCrop: cannot cut 3×3 from an image of 2×2: give a larger
 */
export function randomCrop(size: Size, options: RandomCropOptions = {}): Transform {
  const { padding = 0, fill = 0, paddingMode = 'constant' } = optionsOf(name, options)
  const [height, width] = bothSides(name, size)
  checkWhole(name, { padding })
  checkFinite(name, { fill })
  checkWord(name, 'paddingMode', paddingMode, [
    'constant',
    'reflect',
    'replicate',
    'circular',
  ])
  const sides = [padding, padding, padding, padding]
  return forEachImage(name, (image, draw) => {
    const larger =
      padding === 0 ? image : pad(image, sides, { mode: paddingMode, value: fill })
    return cropAnywhere(larger, height, width, draw)
  })
}

const name = 'randomCrop'

function cropAnywhere(
  image: Tensor,
  height: number,
  width: number,
  draw: Draw,
): Tensor {
  const [rows, columns] = image.shape.slice(-2)
  if (rows < height || columns < width) {
    throw new ValueError(
      `${name}: cannot cut ${height}×${width} from an image of ${rows}×${columns}: ` +
        'give a larger padding, or resize() it first',
    )
  }
  const top = Math.floor(draw(0, rows - height + 1))
  const left = Math.floor(draw(0, columns - width + 1))
  return crop(image, top, left, height, width)
}
