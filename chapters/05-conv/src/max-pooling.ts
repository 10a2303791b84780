import type { Tensor } from '@deepdive/autograd'
import {
  type MaxPoolOptions,
  maxPool1d,
  maxPool2d,
  type Pooled,
} from './functional/max-pool.ts'
import { Pooling } from './pooling.ts'
import type { PerAxis } from './window.ts'

export abstract class MaxPool<Indices extends boolean> extends Pooling {
  readonly returnIndices: Indices | false

  constructor(rank: number, kernelSize: PerAxis, options: MaxPoolOptions<Indices>) {
    super(rank, kernelSize, options)
    this.returnIndices = options.returnIndices ?? false
  }
}

/**
 * y[n, c, i] = max over k of x[n, c, i · stride + k · dilation − padding], the first of
 * equal ones: x is [N, C, L] or [C, L], y [N, C, L′] with
 * L′ = ⌊(L + 2 · padding − dilation · (k − 1) − 1) / stride⌋ + 1, or ⌈…⌉ in ceilMode.
 * With `returnIndices` it returns [y, the places in x].
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where the padding is more than half a kernel.
 * @example
 * new MaxPool1d(2).forward(tensor([[1, 5, 2, 3]])) // → tensor([[5., 3.]])
 */
export class MaxPool1d<Indices extends boolean = false> extends MaxPool<Indices> {
  constructor(kernelSize: PerAxis, options: MaxPoolOptions<Indices> = {}) {
    super(1, kernelSize, options)
  }

  forward(x: Tensor): Pooled<Indices> {
    return maxPool1d(x, this.kernelSize, this)
  }
}

/**
 * As MaxPool1d, over images: x is [N, C, H, W] or [C, H, W]. What moves by less than a
 * window keeps most of its maxima.
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where the padding is more than half a kernel.
 * @example
 * const layer = new MaxPool2d(2)
 * layer // → MaxPool2d(2×2, stride 2)
 * layer.forward(zeros([5, 16, 28, 28])).shape // → [5, 16, 14, 14]
 */
export class MaxPool2d<Indices extends boolean = false> extends MaxPool<Indices> {
  constructor(kernelSize: PerAxis, options: MaxPoolOptions<Indices> = {}) {
    super(2, kernelSize, options)
  }

  forward(x: Tensor): Pooled<Indices> {
    return maxPool2d(x, this.kernelSize, this)
  }
}
