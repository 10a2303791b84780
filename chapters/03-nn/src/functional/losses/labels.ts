import type { Tensor } from '@deepdive/autograd'
import {
  cpu,
  DTypeError,
  formatShape,
  IndexError,
  ShapeError,
  sameShape,
} from '@deepdive/tensor'
import { checkElements } from '../check-elements.ts'

/** Classes lie along the first axis of [C], and along the second of [N, C, d1, …]. */
export function classAxisOf(op: string, input: Tensor): number {
  if (input.ndim > 0) return input.ndim === 1 ? 0 : 1
  throw new ShapeError(
    `${op}: the input is a single number: it must be [classes] or [batch, classes, …]`,
  )
}

/** Refuses labels that are no whole numbers, too many or too few, or of no class. */
export function checkLabels(
  op: string,
  input: Tensor,
  labels: Tensor,
  ignoreIndex: number,
): void {
  const axis = classAxisOf(op, input)
  const needed = formatShape(input.shape.toSpliced(axis, 1))
  const given = formatShape(labels.shape)
  if (labels.dtype !== 'int32') {
    throw new DTypeError(
      `${op}: the target is ${labels.dtype} ${given}: labels must be int32 ${needed}: ` +
        `use target.to('int32')${orProbabilities(op, input)}`,
    )
  }
  if (!sameShape(labels.shape, input.shape.toSpliced(axis, 1))) {
    throw new ShapeError(
      `${op}: labels of ${given} do not fit an input of ${formatShape(input.shape)}: ` +
        `give one for each sample, ${needed}${orProbabilities(op, input)}`,
    )
  }
  checkClasses(op, labels, input.shape[axis], axis, ignoreIndex)
}

function checkClasses(
  op: string,
  labels: Tensor,
  classes: number,
  axis: number,
  ignoreIndex: number,
): void {
  const isClass = (label: number) =>
    (label >= 0 && label < classes) || label === ignoreIndex
  checkElements(labels, isClass, (label) => {
    return new IndexError(
      `${op}: label ${label} is outside 0…${classes - 1}: the input has ${classes} ` +
        `classes along axis ${axis}`,
    )
  })
}

function orProbabilities(op: string, input: Tensor): string {
  if (op !== 'crossEntropy') return ''
  return `; probabilities must be float32 ${formatShape(input.shape)}`
}

/** Where labels are to be ignored; null if it is known that none are. */
export function findIgnored(labels: Tensor, ignoreIndex: number): Tensor | null {
  const isIgnored = labels.device !== cpu || labels.toTypedArray().includes(ignoreIndex)
  return isIgnored ? labels.eq(ignoreIndex) : null
}
