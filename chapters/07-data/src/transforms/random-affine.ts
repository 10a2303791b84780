import { checkPositive, checkShare, optionsOf } from '@deepdive/tensor'
import { affine, rotate, type SampleOptions } from './functional/affine.ts'
import { endsOf, type Range } from './range.ts'
import { forEachImage, type Transform } from './transform.ts'

/**
 * Turns images about their centre by an angle from `degrees`.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const x = tensor([[[1, 2], [3, 4]]])
 * transforms.randomRotation([90, 90])(x)
 * // → tensor([[[2., 4.],
 * //            [1., 3.]]])
 */
export function randomRotation(degrees: Range, options: SampleOptions = {}): Transform {
  const name = 'randomRotation'
  optionsOf(name, options)
  const ends = endsOf(name, 'degrees', degrees)
  return forEachImage(name, (image, draw) => rotate(image, draw(...ends), options))
}

export interface RandomAffineOptions extends SampleOptions {
  /** The greatest shares of width and height that images move by. Default: [0, 0]. */
  readonly translate?: readonly [x: number, y: number]
  /** How many times as large they become. Default: [1, 1]. */
  readonly scale?: readonly [low: number, high: number]
  /** Degrees by which the vertical axis leans. Default: 0. */
  readonly shear?: Range
}

/**
 * Turns, moves, stretches and shears images about their centre, each at random.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const x = tensor([[[0, 1, 0], [1, 1, 1], [0, 1, 0]]])
 * transforms.randomAffine(0, { scale: [1, 1] })(x).sum() // → tensor(5.)
 */
export function randomAffine(
  degrees: Range,
  options: RandomAffineOptions = {},
): Transform {
  const name = 'randomAffine'
  const { translate = [0, 0], scale = [1, 1], shear = 0 } = optionsOf(name, options)
  const angles = endsOf(name, 'degrees', degrees)
  const scales = endsOf(name, 'scale', scale)
  const shears = endsOf(name, 'shear', shear)
  checkShare(name, { 'translate[0]': translate[0], 'translate[1]': translate[1] })
  checkPositive(name, { 'scale[0]': scales[0] })
  return forEachImage(name, (image, draw) => {
    const [height, width] = image.shape.slice(-2)
    const move = (share: number, side: number) =>
      Math.round(draw(-share * side, share * side))
    return affine(image, {
      ...options,
      angle: draw(...angles),
      translate: [move(translate[0], width), move(translate[1], height)],
      scale: draw(...scales),
      shear: [draw(...shears), 0],
    })
  })
}
