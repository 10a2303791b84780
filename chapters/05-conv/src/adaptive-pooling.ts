import type { Tensor } from '@deepdive/autograd'
import { Module } from '@deepdive/nn'
import { optionsOf } from '@deepdive/tensor'
import { listedSizes, type OutputSize } from './functional/adaptive-parts.ts'
import {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
} from './functional/adaptive-pool.ts'
import type { IndicesOption, Pooled } from './functional/max-pool.ts'

export abstract class AdaptivePool extends Module {
  readonly outputSize: readonly (number | null)[]

  constructor(rank: number, outputSize: OutputSize) {
    super()
    this.outputSize = listedSizes(new.target.name, outputSize, rank)
  }

  override extraRepr(): string {
    return `→ ${this.outputSize.map((size) => size ?? 'as it is').join(', ')}`
  }
}

/**
 * The means of `outputSize` parts of each line, as equal as they can be: x is [N, C, L]
 * or [C, L], y [N, C, outputSize]. Part i goes from ⌊i · L / size⌋ to
 * ⌈(i + 1) · L / size⌉.
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * new AdaptiveAvgPool1d(2).forward(tensor([[1, 2, 3]])) // → tensor([[1.5000, 2.5000]])
 */
export class AdaptiveAvgPool1d extends AdaptivePool {
  constructor(outputSize: OutputSize) {
    super(1, outputSize)
  }

  forward(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.outputSize)
  }
}

/**
 * The means of h · w parts of each image, so that images of any size fit the layer that
 * follows: x is [N, C, H, W] or [C, H, W], y [N, C, h, w]. `outputSize` is h = w, or
 * [h, w], null for as it is; 1 is the mean of all (Lin et al. 2013).
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * const layer = new AdaptiveAvgPool2d(1)
 * layer // → AdaptiveAvgPool2d(→ 1, 1)
 * layer.forward(tensor([[[1, 2], [4, 5]]])) // → tensor([[[3.]]])
 */
export class AdaptiveAvgPool2d extends AdaptivePool {
  constructor(outputSize: OutputSize) {
    super(2, outputSize)
  }

  forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize)
  }
}

export abstract class AdaptiveMaxPool<Indices extends boolean> extends AdaptivePool {
  readonly returnIndices: Indices | false

  constructor(rank: number, outputSize: OutputSize, options: IndicesOption<Indices>) {
    super(rank, outputSize)
    const { returnIndices = false } = optionsOf(new.target.name, options)
    this.returnIndices = returnIndices
  }
}

/**
 * The largest elements of `outputSize` parts of each line, [N, C, L] or [C, L]: the
 * parts of AdaptiveAvgPool1d, the elements of MaxPool1d.
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * new AdaptiveMaxPool1d(2).forward(tensor([[1, 5, 3]])) // → tensor([[5., 5.]])
 */
export class AdaptiveMaxPool1d<
  Indices extends boolean = false,
> extends AdaptiveMaxPool<Indices> {
  constructor(outputSize: OutputSize, options: IndicesOption<Indices> = {}) {
    super(1, outputSize, options)
  }

  forward(x: Tensor): Pooled<Indices> {
    return adaptiveMaxPool1d(x, this.outputSize, this)
  }
}

/**
 * The largest elements of h · w parts of each image, [N, C, H, W] or [C, H, W]: the
 * parts of AdaptiveAvgPool2d, the elements of MaxPool2d.
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * const x = tensor([[[1, 5], [4, 2]]])
 * new AdaptiveMaxPool2d([1, null]).forward(x) // → tensor([[[4., 5.]]])
 */
export class AdaptiveMaxPool2d<
  Indices extends boolean = false,
> extends AdaptiveMaxPool<Indices> {
  constructor(outputSize: OutputSize, options: IndicesOption<Indices> = {}) {
    super(2, outputSize, options)
  }

  forward(x: Tensor): Pooled<Indices> {
    return adaptiveMaxPool2d(x, this.outputSize, this)
  }
}
