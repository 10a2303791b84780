import type { Tensor } from '@deepdive/autograd'
import {
  type AvgPool2dOptions,
  type AvgPoolOptions,
  avgPool1d,
  avgPool2d,
  checkDivisor,
} from './functional/avg-pool.ts'
import { Pooling } from './pooling.ts'
import type { PerAxis } from './window.ts'

export abstract class AvgPool extends Pooling {
  readonly countIncludePad: boolean

  constructor(rank: number, kernelSize: PerAxis, options: AvgPoolOptions) {
    super(rank, kernelSize, options)
    this.countIncludePad = options.countIncludePad ?? true
  }
}

/**
 * y[n, c, i] = Σ over k of x[n, c, i · stride + k − padding] / kernel: x is [N, C, L]
 * or [C, L], y [N, C, L′] with L′ = ⌊(L + 2 · padding − kernel) / stride⌋ + 1, or ⌈…⌉
 * in ceilMode.
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where the padding is more than half a kernel.
 * @example
 * new AvgPool1d(2).forward(tensor([[1, 5, 2, 4]])) // → tensor([[3., 3.]])
 */
export class AvgPool1d extends AvgPool {
  constructor(kernelSize: PerAxis, options: AvgPoolOptions = {}) {
    super(1, kernelSize, options)
  }

  forward(x: Tensor): Tensor {
    return avgPool1d(x, this.kernelSize, this)
  }
}

/**
 * As AvgPool1d, over images: x is [N, C, H, W] or [C, H, W].
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where the padding is more than half a kernel, or the divisor 0.
 * @example
 * new AvgPool2d(2).forward(tensor([[[1, 2], [4, 5]]])) // → tensor([[[3.]]])
 */
export class AvgPool2d extends AvgPool {
  readonly divisorOverride: number | null

  constructor(kernelSize: PerAxis, options: AvgPool2dOptions = {}) {
    super(2, kernelSize, options)
    this.divisorOverride = options.divisorOverride ?? null
    checkDivisor('AvgPool2d', this.divisorOverride)
  }

  forward(x: Tensor): Tensor {
    return avgPool2d(x, this.kernelSize, this)
  }
}
