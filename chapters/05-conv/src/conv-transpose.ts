import type { Tensor } from '@deepdive/autograd'
import { describeOption } from './describe-window.ts'
import { type FilterOptions, Filters } from './filters.ts'
import {
  convTranspose1d,
  convTranspose2d,
  transposeWindow,
} from './functional/conv-transpose.ts'
import { type PerAxis, perAxis } from './window.ts'

/** What a transposed convolution is told beside its channels and sizes. */
export interface ConvTransposeLayerOptions extends FilterOptions {
  /** How much of the output is cut off on both sides of each axis. Default: 0. */
  readonly padding?: PerAxis
  /**
   * By how much the output is longer on one side, which strides cannot tell.
   * Default: 0.
   */
  readonly outputPadding?: PerAxis
}

/** A transposed convolution, on any number of axes. */
export abstract class TransposedConvolution extends Filters {
  readonly padding: readonly number[]
  readonly outputPadding: readonly number[]

  constructor(
    rank: number,
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: ConvTransposeLayerOptions,
  ) {
    super(rank, true, inChannels, outChannels, kernelSize, options)
    const { padding = 0, outputPadding = 0 } = options
    const kind = new.target.name
    this.padding = perAxis(kind, 'padding', padding, rank, 0)
    this.outputPadding = perAxis(kind, 'outputPadding', outputPadding, rank, 0)
    // Says at once, and not at the first forward, what makes no sense.
    transposeWindow(kind, this.kernelSize, this)
  }

  override extraRepr(): string {
    return super.extraRepr() + describeOption('outputPadding', this.outputPadding, 0)
  }
}

/**
 * The transpose of Conv1d, which goes from its outputs to its inputs: x is
 * [N, inChannels, L] or [inChannels, L], y [N, outChannels, L′] with
 * L′ = (L − 1) · stride − 2 · padding + dilation · (k − 1) + outputPadding + 1.
 * The weight is [inChannels, outChannels / groups, k], and starts uniform in
 * ±1/√(outChannels / groups · k), as the bias does.
 *
 * @throws ShapeError where x has not `inChannels` channels, or nothing is left.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const options = { stride: 2, padding: 1, outputPadding: 1 }
 * const layer = new ConvTranspose1d(4, 2, 3, options)
 * layer.forward(zeros([1, 4, 5])).shape // → [1, 2, 10]
 */
export class ConvTranspose1d extends TransposedConvolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: ConvTransposeLayerOptions = {},
  ) {
    super(1, inChannels, outChannels, kernelSize, options)
  }

  forward(x: Tensor): Tensor {
    return convTranspose1d(x, this.weight, this.bias, this)
  }
}

/**
 * As ConvTranspose1d, over images: x is [N, inChannels, H, W] or [inChannels, H, W],
 * the weight [inChannels, outChannels / groups, kH, kW].
 *
 * @throws ShapeError where x has not `inChannels` channels, or nothing is left.
 * @throws ValueError where groups do not divide channels, or a number makes no sense.
 * @example
 * const layer = new ConvTranspose2d(16, 1, 2, { stride: 2 })
 * layer // → ConvTranspose2d(16 → 1, 2×2, stride 2)
 * layer.forward(zeros([5, 16, 14, 14])).shape // → [5, 1, 28, 28]
 */
export class ConvTranspose2d extends TransposedConvolution {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: ConvTransposeLayerOptions = {},
  ) {
    super(2, inChannels, outChannels, kernelSize, options)
  }

  forward(x: Tensor): Tensor {
    return convTranspose2d(x, this.weight, this.bias, this)
  }
}
