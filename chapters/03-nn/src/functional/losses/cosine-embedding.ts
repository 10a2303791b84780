import type { Tensor } from '@deepdive/autograd'
import {
  checkFinite,
  formatShape,
  ShapeError,
  sameShape,
  ValueError,
} from '@deepdive/tensor'
import { checkElements } from '../check-elements.ts'
import { checkTensors } from '../check-tensors.ts'
import { type LossOptions, reduceLoss } from './reduction.ts'

export interface CosineEmbeddingLossOptions extends LossOptions {
  /** The cosine below which different pairs are different enough. Default: 0. */
  readonly margin?: number
}

/**
 * 1 − cos(a, b) for pairs that are alike (label 1), max(0, cos(a, b) − margin) for
 * those that are not (label −1): a and b are [N, D] with labels of [N], or [D] with one
 * label.
 *
 * @throws ShapeError where the shapes do not fit.
 * @throws ValueError where a label is neither 1 nor −1 (on `cpu`).
 * @example
 * const a = tensor([[1, 0], [1, 0]])
 * const b = tensor([[0, 2], [3, 4]])
 * functional.cosineEmbeddingLoss(a, b, tensor([1, -1]), { reduction: 'none' })
 * // → tensor([1.0000, 0.6000])
 */
export function cosineEmbeddingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  { margin = 0, reduction }: CosineEmbeddingLossOptions = {},
): Tensor {
  checkPairs(input1, input2, target)
  checkFinite('cosineEmbeddingLoss', { margin })
  const cosine = cosineOf(input1, input2)
  const alike = cosine.neg().add(1)
  // Unlike relu, clamp lets the gradient through at the margin itself, as PyTorch does.
  const different = cosine.sub(margin).clamp(0)
  return reduceLoss(
    'cosineEmbeddingLoss',
    alike.where(target.gt(0), different),
    reduction,
  )
}

/** a · b / |a||b|; 1e-12 keeps a vector of zeros from dividing by 0. */
function cosineOf(a: Tensor, b: Tensor): Tensor {
  const length = (x: Tensor) => x.square().sum(-1).add(1e-12).sqrt()
  return a
    .mul(b)
    .sum(-1)
    .div(length(a).mul(length(b)))
}

function checkPairs(input1: Tensor, input2: Tensor, target: Tensor): void {
  const op = 'cosineEmbeddingLoss'
  checkTensors(op, { input1, input2, target })
  const { shape, ndim } = input1
  const fits = sameShape(shape, input2.shape) && (ndim === 1 || ndim === 2)
  if (!fits || !sameShape(target.shape, shape.slice(0, -1))) {
    throw new ShapeError(
      `${op}: inputs of ${formatShape(shape)} and ${formatShape(input2.shape)} with ` +
        `labels of ${formatShape(target.shape)} do not fit: give [N, D] twice and [N], ` +
        'or [D] twice and []',
    )
  }
  const isLabel = (label: number) => label === 1 || label === -1
  checkElements(
    target,
    isLabel,
    (label) => {
      return new ValueError(
        `${op}: label ${label} is neither 1 (alike) nor -1 (different)`,
      )
    },
    (labels) => labels.abs().eq(1),
  )
}
