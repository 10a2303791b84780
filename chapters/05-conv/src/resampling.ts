import type { Tensor } from '@deepdive/autograd'
import { Module } from '@deepdive/nn'
import { checkCount, optionsOf } from '@deepdive/tensor'
import {
  type InterpolateMode,
  type InterpolateOptions,
  interpolate,
} from './functional/interpolate.ts'
import { checkInterpolation } from './functional/interpolate-check.ts'
import { pixelShuffle, pixelUnshuffle } from './functional/pixel-shuffle.ts'
import type { PerAxis } from './window.ts'

/**
 * Images with another number of pixels, [N, C, H, W] to [N, C, H′, W′]: 'nearest'
 * repeats or leaves out pixels, 'bilinear' goes straight from one to the next. A new
 * pixel is H / H′ old ones high by `size`, and 1 / factor by `scaleFactor`, which makes
 * H′ = ⌊H · factor⌋.
 *
 * @throws ValueError where not just one of `size` and `scaleFactor` is given, or it
 * makes no sense.
 * @example
 * const layer = new Upsample({ scaleFactor: 2 })
 * layer // → Upsample(scaleFactor=2, nearest)
 * layer.forward(zeros([1, 3, 8, 8])).shape // → [1, 3, 16, 16]
 */
export class Upsample extends Module {
  readonly size: PerAxis | null
  readonly scaleFactor: PerAxis | null
  readonly mode: InterpolateMode
  readonly alignCorners: boolean

  constructor(options: InterpolateOptions) {
    super()
    checkInterpolation('Upsample', optionsOf('Upsample', options))
    this.size = options.size ?? null
    this.scaleFactor = options.scaleFactor ?? null
    this.mode = options.mode ?? 'nearest'
    this.alignCorners = options.alignCorners ?? false
  }

  forward(x: Tensor): Tensor {
    return interpolate(x, this)
  }

  override extraRepr(): string {
    const { size, scaleFactor, mode, alignCorners } = this
    const target = [size ?? scaleFactor].flat().join('×')
    const name = size === null ? 'scaleFactor' : 'size'
    return `${name}=${target}, ${mode}${alignCorners ? ', alignCorners' : ''}`
  }
}

/**
 * Lays r² channels out as r × r pixels of one: [N, C · r², H, W] becomes
 * [N, C, H · r, W · r] (Shi et al. 2016).
 *
 * @throws ShapeError where r² does not divide the channels.
 * @throws ValueError where r is no whole number ≥ 1.
 * @example
 * new PixelShuffle(2).forward(zeros([1, 12, 8, 8])).shape // → [1, 3, 16, 16]
 */
export class PixelShuffle extends Module {
  readonly upscaleFactor: number

  constructor(upscaleFactor: number) {
    super()
    checkCount('PixelShuffle', { upscaleFactor })
    this.upscaleFactor = upscaleFactor
  }

  forward(x: Tensor): Tensor {
    return pixelShuffle(x, this.upscaleFactor)
  }

  override extraRepr(): string {
    return `× ${this.upscaleFactor}`
  }
}

/**
 * The other way round: [N, C, H · r, W · r] becomes [N, C · r², H, W].
 *
 * @throws ShapeError where r does not divide the height and the width.
 * @throws ValueError where r is no whole number ≥ 1.
 * @example
 * new PixelUnshuffle(2).forward(zeros([1, 3, 16, 16])).shape // → [1, 12, 8, 8]
 */
export class PixelUnshuffle extends Module {
  readonly downscaleFactor: number

  constructor(downscaleFactor: number) {
    super()
    checkCount('PixelUnshuffle', { downscaleFactor })
    this.downscaleFactor = downscaleFactor
  }

  forward(x: Tensor): Tensor {
    return pixelUnshuffle(x, this.downscaleFactor)
  }

  override extraRepr(): string {
    return `÷ ${this.downscaleFactor}`
  }
}
