import type { Tensor } from '@deepdive/autograd'
import { type FilterOptions, Filters } from './filters.ts'
import {
  type ConvOptions,
  conv1d,
  conv2d,
  conv3d,
  convWindow,
} from './functional/conv.ts'
import { type PerAxis, perAxis } from './window.ts'

/** What a convolution is told beside its channels and the size of its filters. */
export interface ConvLayerOptions extends FilterOptions {
  /**
   * Zeros imagined on both sides of each axis; 'valid' is none, 'same' as many as keep
   * the size (only for stride 1). There is no other `paddingMode`. Default: 0.
   */
  readonly padding?: ConvOptions['padding']
}

/** A convolution, on any number of axes. */
export abstract class Convolution extends Filters {
  readonly padding: readonly number[] | 'same' | 'valid'

  constructor(
    rank: number,
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: ConvLayerOptions,
  ) {
    super(rank, false, inChannels, outChannels, kernelSize, options)
    const { padding = 0 } = options
    const kind = new.target.name
    const named = typeof padding === 'string'
    this.padding = named ? padding : perAxis(kind, 'padding', padding, rank, 0)
    // Says at once, and not at the first forward, what makes no sense.
    convWindow(kind, this.kernelSize, this)
  }
}

/**
 * y = w ⋆ x + b, where ⋆ slides filters along one axis: x is [N, inChannels, L] or
 * [inChannels, L], y [N, outChannels, L′] with
 * L′ = ⌊(L + 2 · padding − dilation · (k − 1) − 1) / stride⌋ + 1.
 * The weight is [outChannels, inChannels / groups, k], and starts uniform in
 * ±1/√(inChannels / groups · k), as the bias does.
 *
 * @throws ShapeError where x has not `inChannels` channels, or no window fits.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * new Conv1d(2, 4, 3).forward(zeros([1, 2, 10])).shape // → [1, 4, 8]
 */
export class Conv1d extends Convolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: ConvLayerOptions = {},
  ) {
    super(1, inChannels, outChannels, kernelSize, options)
  }

  forward(x: Tensor): Tensor {
    return conv1d(x, this.weight, this.bias, this)
  }
}

/**
 * As Conv1d, over images: x is [N, inChannels, H, W] or [inChannels, H, W], the weight
 * [outChannels, inChannels / groups, kH, kW]. As many groups as channels make it
 * depthwise: each channel has filters of its own.
 *
 * @throws ShapeError where x has not `inChannels` channels, or no window fits.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const layer = new Conv2d(1, 16, 3, { padding: 1 })
 * layer // → Conv2d(1 → 16, 3×3, padding 1)
 * layer.forward(zeros([5, 1, 28, 28])).shape // → [5, 16, 28, 28]
 */
export class Conv2d extends Convolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: ConvLayerOptions = {},
  ) {
    super(2, inChannels, outChannels, kernelSize, options)
  }

  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this)
  }
}

/**
 * As Conv1d, through volumes: x is [N, inChannels, D, H, W] or [inChannels, D, H, W],
 * the weight [outChannels, inChannels / groups, kD, kH, kW].
 *
 * @throws ShapeError where x has not `inChannels` channels, or no window fits.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const layer = new Conv3d(1, 2, [1, 3, 3], { stride: [1, 2, 2] })
 * layer.forward(zeros([1, 4, 7, 7])).shape // → [2, 4, 3, 3]
 */
export class Conv3d extends Convolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: ConvLayerOptions = {},
  ) {
    super(3, inChannels, outChannels, kernelSize, options)
  }

  forward(x: Tensor): Tensor {
    return conv3d(x, this.weight, this.bias, this)
  }
}
