import { checkFinite, checkPositive, checkShare, optionsOf } from '@deepdive/tensor'
import { erase } from './functional/erase.ts'
import { endsOf } from './range.ts'
import { type Draw, forEachImage, type Transform } from './transform.ts'

export interface RandomErasingOptions {
  /** How likely an image is changed. Default: 0.5. */
  readonly p?: number
  /** The share of the image that the rectangle covers. Default: [0.02, 0.33]. */
  readonly scale?: readonly [low: number, high: number]
  /** Its height over its width. Default: [0.3, 3.3]. */
  readonly ratio?: readonly [low: number, high: number]
  /** What its pixels become. Default: 0. */
  readonly value?: number
}

/**
 * Erases a rectangle of images, so that a model does not rely on one part of what it
 * sees (Zhong et al. 2017).
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * transforms.randomErasing({ p: 1, value: 7 })(zeros([1, 8, 8])).amax() // → tensor(7.)
 */
export function randomErasing(options: RandomErasingOptions = {}): Transform {
  const {
    p = 0.5,
    scale = [0.02, 0.33],
    ratio = [0.3, 3.3],
    value = 0,
  } = optionsOf(name, options)
  const scales = endsOf(name, 'scale', scale)
  const ratios = endsOf(name, 'ratio', ratio)
  checkShare(name, { p, 'scale[0]': scales[0], 'scale[1]': scales[1] })
  checkPositive(name, { 'ratio[0]': ratios[0] })
  checkFinite(name, { value })
  return forEachImage(name, (image, draw) => {
    if (draw(0, 1) >= p) return image
    const [rows, columns] = image.shape.slice(-2)
    const found = findRectangle(rows, columns, scales, ratios, draw)
    return found ? erase(image, ...found, value) : image
  })
}

const name = 'randomErasing'

/** A rectangle that fits: top, left, height and width; after ten tries none. */
function findRectangle(
  rows: number,
  columns: number,
  scales: [number, number],
  ratios: [number, number],
  draw: Draw,
): [number, number, number, number] | undefined {
  for (let tries = 0; tries < 10; tries++) {
    const area = rows * columns * draw(...scales)
    const ratio = Math.exp(draw(Math.log(ratios[0]), Math.log(ratios[1])))
    const height = Math.round(Math.sqrt(area * ratio))
    const width = Math.round(Math.sqrt(area / ratio))
    if (height === 0 || width === 0 || height >= rows || width >= columns) continue
    const top = Math.floor(draw(0, rows - height + 1))
    const left = Math.floor(draw(0, columns - width + 1))
    return [top, left, height, width]
  }
  return undefined
}
