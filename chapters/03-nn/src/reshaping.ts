import { checkTensor, type Tensor } from '@deepdive/autograd'
import { formatShape, optionsOf, type Shape } from '@deepdive/tensor'
import { Module } from './module.ts'

export interface FlattenOptions {
  /** The first axis that is joined. Default: 1, which keeps the batch. */
  readonly startDim?: number
  /** The last. Default: −1. */
  readonly endDim?: number
}

/**
 * Makes one axis of several: [N, C, H, W] becomes [N, C · H · W].
 *
 * @throws IndexError where there is no such axis.
 * @example
 * new Flatten().forward(zeros([2, 3, 4])).shape // → [2, 12]
 */
export class Flatten extends Module {
  readonly startDim: number
  readonly endDim: number

  constructor(options: FlattenOptions = {}) {
    super()
    const { startDim = 1, endDim = -1 } = optionsOf('Flatten', options)
    this.startDim = startDim
    this.endDim = endDim
  }

  forward(x: Tensor): Tensor {
    checkTensor('flatten', 'input', x)
    return x.flatten(this.startDim, this.endDim)
  }

  override extraRepr(): string {
    return `${this.startDim} … ${this.endDim}`
  }
}

/**
 * Makes several axes of one; one of their sizes may be −1.
 *
 * @throws ShapeError where the sizes do not multiply to that of the axis.
 * @example
 * new Unflatten(1, [3, -1]).forward(zeros([2, 12])).shape // → [2, 3, 4]
 */
export class Unflatten extends Module {
  readonly dim: number
  readonly unflattenedSize: Shape

  constructor(dim: number, unflattenedSize: Shape) {
    super()
    this.dim = dim
    this.unflattenedSize = unflattenedSize
  }

  forward(x: Tensor): Tensor {
    checkTensor('unflatten', 'input', x)
    return x.unflatten(this.dim, this.unflattenedSize)
  }

  override extraRepr(): string {
    return `${this.dim} → ${formatShape(this.unflattenedSize)}`
  }
}

/**
 * y = x: stands where a layer could.
 *
 * @example
 * new Identity().forward(tensor([1, 2])) // → tensor([1., 2.])
 */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x
  }
}
