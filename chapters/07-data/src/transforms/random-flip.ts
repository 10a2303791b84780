import { checkShare } from '@deepdive/tensor'
import { forEachImage, type Transform } from './transform.ts'

/**
 * Mirrors left and right with probability `p`.
 *
 * @throws ValueError where p is no probability.
 * @example
 * const x = tensor([[[1, 2, 3]]])
 * transforms.randomHorizontalFlip(1)(x) // → tensor([[[3., 2., 1.]]])
 */
export function randomHorizontalFlip(p = 0.5): Transform {
  return randomFlip('randomHorizontalFlip', -1, p)
}

/**
 * Mirrors top and bottom with probability `p`.
 *
 * @throws ValueError where p is no probability.
 * @example
 * const x = tensor([[[1], [2]]])
 * transforms.randomVerticalFlip(1)(x).flatten() // → tensor([2., 1.])
 */
export function randomVerticalFlip(p = 0.5): Transform {
  return randomFlip('randomVerticalFlip', -2, p)
}

function randomFlip(name: string, axis: number, p: number): Transform {
  checkShare(name, { p })
  return forEachImage(name, (image, draw) =>
    draw(0, 1) < p ? image.flip(axis) : image,
  )
}
