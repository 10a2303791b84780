import type { Tensor } from '@deepdive/autograd'
import {
  type CosineEmbeddingLossOptions,
  cosineEmbeddingLoss,
  type KLDivLossOptions,
  klDiv,
} from '../functional/losses/index.ts'
import { type KLDivReduction, klDivReductions } from '../functional/losses/kl-div.ts'
import { Loss } from './loss.ts'

/**
 * p · (ln p − x) for logarithms x of probabilities, and probabilities p: klDiv as a
 * layer.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * const loss = new KLDivLoss({ reduction: 'batchmean' })
 * loss.forward(tensor([[0.5, 0.5]]).log(), tensor([[1, 0]])) // → tensor(0.6931)
 */
export class KLDivLoss extends Loss<KLDivReduction> {
  readonly logTarget: boolean

  constructor(options: KLDivLossOptions = {}) {
    super(options, klDivReductions)
    this.logTarget = options.logTarget ?? false
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return klDiv(input, target, this)
  }
}

/**
 * 1 − cos(a, b) for pairs alike (label 1), max(0, cos(a, b) − margin) for others (label
 * −1): cosineEmbeddingLoss as a layer.
 *
 * @throws ShapeError where the shapes do not fit.
 * @throws ValueError where a label is neither 1 nor −1.
 * @example
 * const loss = new CosineEmbeddingLoss({ margin: 0.5 })
 * loss.forward(tensor([1, 0]), tensor([3, 4]), tensor(-1)) // → tensor(0.1000)
 */
export class CosineEmbeddingLoss extends Loss {
  readonly margin: number

  constructor(options: CosineEmbeddingLossOptions = {}) {
    super(options)
    this.margin = options.margin ?? 0
  }

  forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return cosineEmbeddingLoss(input1, input2, target, this)
  }
}
