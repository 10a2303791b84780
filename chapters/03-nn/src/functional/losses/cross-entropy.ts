import type { Tensor } from '@deepdive/autograd'
import {
  checkShare,
  formatShape,
  isFloatingPoint,
  ShapeError,
  sameShape,
  ValueError,
} from '@deepdive/tensor'
import { checkOptional, checkTensors } from '../check-tensors.ts'
import { checkLabels, classAxisOf, findIgnored } from './labels.ts'
import { type LossOptions, reduceLoss } from './reduction.ts'
import { surpriseInOnePass } from './surprise.ts'

export interface NLLLossOptions extends LossOptions {
  /**
   * How much each class counts, [C]; a mean divides by what counted. Default: 1 each.
   */
  readonly weight?: Tensor | null
  /** The label of samples that do not count. Default: −100. */
  readonly ignoreIndex?: number
}

export interface CrossEntropyOptions extends NLLLossOptions {
  /** The share of each target that is spread evenly over all classes. Default: 0. */
  readonly labelSmoothing?: number
}

/**
 * −ln softmax(x)ᵧ, how surprised the logits x are by the label y. The input is [C],
 * [N, C] or [N, C, d1, …]; the target holds labels, int32 of that shape without C, or
 * probabilities p, float32 of that shape: then it is −Σ p · ln softmax(x).
 *
 * @throws IndexError where a label is no class (on `cpu`, where looking is at once).
 * @throws ShapeError where target or weight do not fit the input.
 * @throws DTypeError where labels are not int32.
 * @throws ValueError where probabilities come with an `ignoreIndex` that is a label.
 * @example
 * const logits = tensor([[2, 0, 0], [0, 0, 3]])
 * const labels = tensor([0, 2], { dtype: 'int32' })
 * functional.crossEntropy(logits, labels) // → tensor(0.1672)
 * functional.crossEntropy(logits, labels, { labelSmoothing: 0.1 }) // → tensor(0.3339)
 * functional.crossEntropy(logits, logits.softmax(1)) // → tensor(0.5161)
 */
export function crossEntropy(
  input: Tensor,
  target: Tensor,
  options: CrossEntropyOptions = {},
): Tensor {
  const axis = checkArguments('crossEntropy', input, target, options)
  if (isFloatingPoint(target.dtype) && sameShape(target.shape, input.shape)) {
    checkNoLabel(options.ignoreIndex)
    return ofProbabilities(input.logSoftmax(axis), target, axis, options)
  }
  const { ignoreIndex = -100, labelSmoothing = 0, weight, reduction } = options
  checkLabels('crossEntropy', input, target, ignoreIndex)
  const plain = !weight && labelSmoothing === 0
  const losses = plain && surpriseInOnePass(input, target, axis, ignoreIndex)
  if (!losses)
    return ofLabels('crossEntropy', input.logSoftmax(axis), target, axis, options)
  const heard = findIgnored(target, ignoreIndex)?.logicalNot()
  return reduceLoss('crossEntropy', losses, reduction, heard?.sum())
}

/**
 * −xᵧ, the negative log likelihood of the labels y, where x are logarithms of
 * probabilities: [C], [N, C] or [N, C, d1, …]; labels are of that shape without C.
 *
 * @throws IndexError, ShapeError, DTypeError as crossEntropy.
 * @example
 * const x = tensor([[2, 0, 0], [0, 0, 3]]).logSoftmax(1)
 * functional.nllLoss(x, tensor([0, 2], { dtype: 'int32' })) // → tensor(0.1672)
 */
export function nllLoss(
  input: Tensor,
  target: Tensor,
  options: NLLLossOptions = {},
): Tensor {
  const axis = checkArguments('nllLoss', input, target, options)
  checkLabels('nllLoss', input, target, options.ignoreIndex ?? -100)
  return ofLabels('nllLoss', input, target, axis, options)
}

/**
 * For label y: −w[y] · ((1 − ε) ln p[y]) − ε/C · Σ w · ln p, and 0 where it is ignored;
 * the mean divides by the sum of w[y].
 */
function ofLabels(
  op: string,
  logs: Tensor,
  labels: Tensor,
  axis: number,
  options: CrossEntropyOptions,
): Tensor {
  const { weight, ignoreIndex = -100, labelSmoothing = 0, reduction = 'mean' } = options
  const ignored = findIgnored(labels, ignoreIndex)
  const places = ignored ? labels.maskedFill(ignored, 0) : labels
  const picked = logs.gather(axis, places.unsqueeze(axis))
  const plain = !ignored && !weight && labelSmoothing === 0
  // Every training step comes by here: the mean turns the sign as well.
  if (plain && reduction === 'mean')
    return reduceLoss(op, picked, reduction, -labels.numel())
  const losses = picked.squeeze(axis).neg()
  const counts = weight?.gather(0, places.flatten()).reshape(labels.shape)
  const weighted = counts ? losses.mul(counts) : losses
  const smoothed = smooth(weighted, logs, axis, labelSmoothing, weight)
  if (!ignored) return reduceLoss(op, smoothed, reduction, counts?.sum())
  const heard = counts?.maskedFill(ignored, 0) ?? ignored.logicalNot()
  return reduceLoss(op, smoothed.maskedFill(ignored, 0), reduction, heard.sum())
}

function smooth(
  losses: Tensor,
  logs: Tensor,
  axis: number,
  smoothing: number,
  weight: Tensor | null | undefined,
): Tensor {
  if (smoothing === 0) return losses
  const all = byClass(logs, axis, weight).sum(axis)
  return losses.mul(1 - smoothing).sub(all.mul(smoothing / logs.shape[axis]))
}

/** −Σ w · ((1 − ε) p + ε/C) · ln q, for q of the input and p of the target. */
function ofProbabilities(
  logs: Tensor,
  target: Tensor,
  axis: number,
  { weight, labelSmoothing = 0, reduction }: CrossEntropyOptions,
): Tensor {
  const even = labelSmoothing / logs.shape[axis]
  const smoothed =
    labelSmoothing === 0 ? target : target.mul(1 - labelSmoothing).add(even)
  const losses = byClass(smoothed.mul(logs), axis, weight).sum(axis).neg()
  return reduceLoss('crossEntropy', losses, reduction)
}

/** Probabilities name no label that could be ignored; −100, say, asks for nothing. */
function checkNoLabel(ignoreIndex = -100): void {
  if (ignoreIndex < 0) return
  throw new ValueError(
    `crossEntropy: ignoreIndex is ${ignoreIndex}, but the target holds probabilities, ` +
      'not labels: leave it out',
  )
}

/** Each class multiplied by its weight. */
function byClass(x: Tensor, axis: number, weight: Tensor | null | undefined): Tensor {
  if (!weight) return x
  const behind = x.shape.slice(axis + 1).map(() => 1)
  return x.mul(weight.reshape([weight.numel(), ...behind]))
}

/** Refuses what does not fit the input, and gives the axis of its classes. */
function checkArguments(
  op: string,
  input: Tensor,
  target: Tensor,
  { weight, labelSmoothing = 0 }: CrossEntropyOptions,
): number {
  checkTensors(op, { input, target })
  const axis = classAxisOf(op, input)
  checkShare(op, { labelSmoothing })
  const classes = input.shape[axis]
  checkOptional(op, { weight })
  if (!weight || sameShape(weight.shape, [classes])) return axis
  throw new ShapeError(
    `${op}: weight is ${formatShape(weight.shape)}, but must be [${classes}]: one number ` +
      `for each of the ${classes} classes`,
  )
}
