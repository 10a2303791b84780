import type { Tensor } from '@deepdive/autograd'
import {
  type HuberLossOptions,
  huberLoss,
  l1Loss,
  mseLoss,
  type SmoothL1LossOptions,
  smoothL1Loss,
} from '../functional/losses/index.ts'
import { Loss } from './loss.ts'

/**
 * (x − y)²: mseLoss as a layer.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * new MSELoss().forward(tensor([1, 2]), tensor([1, 4])) // → tensor(2.)
 */
export class MSELoss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return mseLoss(input, target, this)
  }
}

/**
 * |x − y|: l1Loss as a layer.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * new L1Loss({ reduction: 'sum' }).forward(tensor([1, 2]), tensor([1, 4]))
 * // → tensor(2.)
 */
export class L1Loss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return l1Loss(input, target, this)
  }
}

/**
 * A square near 0 and a line of slope 1 beyond: smoothL1Loss as a layer.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * new SmoothL1Loss({ beta: 2 }).forward(tensor([1]), tensor([0])) // → tensor(0.2500)
 */
export class SmoothL1Loss extends Loss {
  readonly beta: number

  constructor(options: SmoothL1LossOptions = {}) {
    super(options)
    this.beta = options.beta ?? 1
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return smoothL1Loss(input, target, this)
  }
}

/**
 * A square near 0 and a line of slope `delta` beyond: huberLoss as a layer.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * new HuberLoss({ delta: 2 }).forward(tensor([3]), tensor([0])) // → tensor(4.)
 */
export class HuberLoss extends Loss {
  readonly delta: number

  constructor(options: HuberLossOptions = {}) {
    super(options)
    this.delta = options.delta ?? 1
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return huberLoss(input, target, this)
  }
}
