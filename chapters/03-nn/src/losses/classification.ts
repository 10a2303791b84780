import type { Tensor } from '@deepdive/autograd'
import {
  type BCELossOptions,
  type BCEWithLogitsLossOptions,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  type CrossEntropyOptions,
  crossEntropy,
  type NLLLossOptions,
  nllLoss,
} from '../functional/losses/index.ts'
import type { Buffer } from '../parameter.ts'
import { bufferOf, Loss } from './loss.ts'

/**
 * −xᵧ for logarithms x of probabilities, and labels y: nllLoss as a layer.
 *
 * @throws IndexError where a label is no class.
 * @example
 * const x = tensor([[2, 0, 0], [0, 0, 3]]).logSoftmax(1)
 * new NLLLoss().forward(x, tensor([0, 2], { dtype: 'int32' })) // → tensor(0.1672)
 */
export class NLLLoss extends Loss {
  weight: Buffer | null
  readonly ignoreIndex: number

  constructor(options: NLLLossOptions = {}) {
    super(options)
    this.weight = bufferOf(options.weight)
    this.ignoreIndex = options.ignoreIndex ?? -100
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return nllLoss(input, target, this)
  }
}

/**
 * −ln softmax(x)ᵧ for logits x, and labels y or probabilities: crossEntropy as a layer.
 *
 * @throws IndexError where a label is no class.
 * @example
 * const labels = tensor([0, 2], { dtype: 'int32' })
 * new CrossEntropyLoss().forward(tensor([[2, 0, 0], [0, 0, 3]]), labels)
 * // → tensor(0.1672)
 */
export class CrossEntropyLoss extends Loss {
  weight: Buffer | null
  readonly ignoreIndex: number
  readonly labelSmoothing: number

  constructor(options: CrossEntropyOptions = {}) {
    super(options)
    this.weight = bufferOf(options.weight)
    this.ignoreIndex = options.ignoreIndex ?? -100
    this.labelSmoothing = options.labelSmoothing ?? 0
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return crossEntropy(input, target, this)
  }
}

/**
 * −y · ln p − (1 − y) · ln(1 − p) for probabilities p: binaryCrossEntropy as a layer.
 *
 * @throws ValueError where input or target is outside 0…1.
 * @example
 * new BCELoss().forward(tensor([0.5, 0.5]), tensor([1, 0])) // → tensor(0.6931)
 */
export class BCELoss extends Loss {
  weight: Buffer | null

  constructor(options: BCELossOptions = {}) {
    super(options)
    this.weight = bufferOf(options.weight)
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropy(input, target, this)
  }
}

/**
 * BCELoss for logits, without overflow: binaryCrossEntropyWithLogits as a layer.
 *
 * @throws ShapeError where target or a weight do not fit the input.
 * @example
 * new BCEWithLogitsLoss().forward(tensor([0, -1000]), tensor([1, 1]))
 * // → tensor(500.3466)
 */
export class BCEWithLogitsLoss extends Loss {
  weight: Buffer | null
  posWeight: Buffer | null

  constructor(options: BCEWithLogitsLossOptions = {}) {
    super(options)
    this.weight = bufferOf(options.weight)
    this.posWeight = bufferOf(options.posWeight)
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropyWithLogits(input, target, this)
  }
}
