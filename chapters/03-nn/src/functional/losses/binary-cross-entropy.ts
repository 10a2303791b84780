import { defineOp, type Tensor } from '@deepdive/autograd'
import { checkProbabilities, checkSameShape, checkStretches } from './check.ts'
import { type LossOptions, reduceLoss } from './reduction.ts'

export interface BCELossOptions extends LossOptions {
  /** How much each element counts; it broadcasts. Default: all alike. */
  readonly weight?: Tensor | null
}

/**
 * −y · ln p − (1 − y) · ln(1 − p) for probabilities p and targets y from 0 to 1, of any
 * one shape. Logarithms end at −100, so that being certain and wrong has a finite
 * price.
 *
 * @throws ValueError where input or target is outside 0…1 (on `cpu`).
 * @throws ShapeError where target or weight do not fit the input.
 * @example
 * const share = tensor([0.5, 0])
 * functional.binaryCrossEntropy(share, tensor([0, 1]), { reduction: 'none' })
 * // → tensor([  0.6931, 100.0000])
 */
export function binaryCrossEntropy(
  input: Tensor,
  target: Tensor,
  { weight, reduction }: BCELossOptions = {},
): Tensor {
  const name = 'binaryCrossEntropy'
  checkSameShape(name, input, target)
  checkProbabilities(name, 'input', input, `apply sigmoid, or use ${name}WithLogits`)
  checkProbabilities(name, 'target', target, 'a target is a probability')
  const losses = surprise(input, target)
  return reduceLoss(name, weigh(name, losses, weight), reduction)
}

/**
 * −y · ln p − (1 − y) · ln(1 − p), an operation of its own because of its gradient, (p
 * − y) / p(1 − p): the rule for each logarithm by itself would give ∞ − ∞ at 0 and 1.
 */
const surprise = defineOp({
  name: 'binaryCrossEntropy',
  forward: (p, y) => {
    const loss = y.mul(p.log().clamp(-100))
    return loss.add(y.neg().add(1).mul(p.neg().log1p().clamp(-100))).neg()
  },
  gradient: (grad, { inputs: [p, y] }) => [
    () => grad.mul(p.sub(y)).div(p.mul(p.neg().add(1)).clamp(1e-12)),
    () => grad.mul(p.neg().log1p().clamp(-100).sub(p.log().clamp(-100))),
  ],
})

export interface BCEWithLogitsLossOptions extends BCELossOptions {
  /** How much targets of 1 count, against those of 0; it broadcasts. Default: 1. */
  readonly posWeight?: Tensor | null
}

/**
 * −w · y · ln σ(x) − (1 − y) · ln(1 − σ(x)) for logits x and targets y from 0 to 1, of
 * any one shape, with w = posWeight. As ln σ(x) = −softplus(−x), nothing overflows.
 *
 * @throws ValueError where a target is outside 0…1 (on `cpu`).
 * @throws ShapeError where target or a weight do not fit the input.
 * @example
 * functional.binaryCrossEntropyWithLogits(tensor([0]), tensor([1])) // → tensor(0.6931)
 * functional.binaryCrossEntropyWithLogits(tensor([1000]), tensor([0]))
 * // → tensor(1000.)
 */
export function binaryCrossEntropyWithLogits(
  input: Tensor,
  target: Tensor,
  { weight, posWeight, reduction }: BCEWithLogitsLossOptions = {},
): Tensor {
  const name = 'binaryCrossEntropyWithLogits'
  checkSameShape(name, input, target)
  checkProbabilities(name, 'target', target, 'a target is a probability')
  const positive = weigh(
    name,
    target.mul(input.neg().softplus()),
    posWeight,
    'posWeight',
  )
  const negative = target.neg().add(1).mul(input.softplus())
  return reduceLoss(name, weigh(name, positive.add(negative), weight), reduction)
}

function weigh(
  op: string,
  losses: Tensor,
  weight: Tensor | null | undefined,
  name = 'weight',
): Tensor {
  if (!weight) return losses
  checkStretches(op, name, weight, losses.shape)
  return losses.mul(weight)
}
