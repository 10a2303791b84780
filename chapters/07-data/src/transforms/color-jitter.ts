import type { Tensor } from '@deepdive/autograd'
import { checkNotNegative, checkNumbers, optionsOf } from '@deepdive/tensor'
import {
  adjustBrightness,
  adjustContrast,
  adjustSaturation,
} from './functional/adjust-color.ts'
import { adjustHue } from './functional/adjust-hue.ts'
import { endsOf, type Range } from './range.ts'
import { type Draw, forEachImage, type Transform } from './transform.ts'

/**
 * How much to change: a range of factors, or a number b for [max(0, 1 − b), 1 + b]; of
 * hue a range of turns, or a number h for [−h, h].
 */
export interface ColorJitterOptions {
  /** Default: 0. */
  readonly brightness?: Range
  /** Default: 0. */
  readonly contrast?: Range
  /** Default: 0. */
  readonly saturation?: Range
  /** Of once around the colour wheel, at most a half. Default: 0. */
  readonly hue?: Range
}

/**
 * Changes brightness, contrast, saturation and hue, each by a factor at random, and in
 * random order.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const x = tensor([[[0.5]], [[0.25]], [[0]]])
 * transforms.colorJitter({ brightness: [2, 2] })(x).flatten()
 * // → tensor([1.0000, 0.5000, 0.0000])
 */
export function colorJitter(options: ColorJitterOptions = {}): Transform {
  const {
    brightness = 0,
    contrast = 0,
    saturation = 0,
    hue = 0,
  } = optionsOf(name, options)
  const changes: readonly Change[] = [
    { adjust: adjustBrightness, range: factors('brightness', brightness) },
    { adjust: adjustContrast, range: factors('contrast', contrast) },
    { adjust: adjustSaturation, range: factors('saturation', saturation) },
    { adjust: adjustHue, range: turns(hue) },
  ]
  const wanted = changes.filter(
    (_, n) => [brightness, contrast, saturation, hue][n] !== 0,
  )
  return forEachImage(name, (image, draw) => {
    return inRandomOrder(wanted, draw).reduce((x, { adjust, range }) => {
      return adjust(x, draw(...range))
    }, image)
  })
}

const name = 'colorJitter'

interface Change {
  readonly adjust: (x: Tensor, factor: number) => Tensor
  readonly range: [low: number, high: number]
}

function factors(option: string, range: Range): [number, number] {
  if (typeof range === 'number') {
    checkNotNegative(name, { [option]: range })
    return [Math.max(0, 1 - range), 1 + range]
  }
  checkNotNegative(name, { [`${option}[0]`]: range[0] })
  return endsOf(name, option, range)
}

function turns(hue: Range): [number, number] {
  const ends = endsOf(name, 'hue', hue)
  checkNumbers(
    name,
    { 'hue[0]': ends[0], 'hue[1]': ends[1] },
    'from -0.5 to 0.5',
    (turn) => {
      return Math.abs(turn) <= 0.5
    },
  )
  return ends
}

function inRandomOrder<Item>(items: readonly Item[], draw: Draw): Item[] {
  const places = items.map((item) => ({ item, place: draw(0, 1) }))
  return places.sort((a, b) => a.place - b.place).map(({ item }) => item)
}
