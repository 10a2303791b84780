import type { Tensor } from '@deepdive/autograd'
import {
  checkFinite,
  DTypeError,
  formatShape,
  normalizeDim,
  optionsOf,
  ShapeError,
  sameShape,
  ValueError,
} from '@deepdive/tensor'

export interface ClassOptions {
  /** The axis of an output that has a number for each class. Default: 1. */
  readonly dim?: number
  /**
   * Above what number an output without an axis of classes says yes. Default: 0, right
   * for logits; use 0.5 for probabilities.
   */
  readonly threshold?: number
  /** The target of samples that do not count. Default: −100. */
  readonly ignoreIndex?: number
}

/** What a model says of each sample and what is true of it, both int32 class numbers. */
export interface Guesses {
  readonly guesses: Tensor
  readonly labels: Tensor
  /** Whether a sample counts. */
  readonly counted: Tensor
  readonly classes: number
}

/** Options with their defaults, checked. */
export function classOptions(
  owner: string,
  options: ClassOptions,
): Required<ClassOptions> {
  const { dim = 1, threshold = 0, ignoreIndex = -100 } = optionsOf(owner, options)
  checkFinite(owner, { dim, threshold, ignoreIndex })
  return { dim, threshold, ignoreIndex }
}

/**
 * The class that each output means. An output with one axis more than the target has a
 * number for each class along `dim`, and means the class of the largest; one of the
 * target's shape says yes or no to one class.
 */
export function readGuesses(
  owner: string,
  output: Tensor,
  target: Tensor,
  options: Required<ClassOptions>,
): Guesses {
  const several = output.ndim === target.ndim + 1
  const [guesses, classes] = several
    ? largest(owner, output, options.dim)
    : [output.gt(options.threshold).to('int32'), 2]
  checkFit(owner, output, target, guesses)
  if (several && target.dtype !== 'int32') {
    throw new DTypeError(`${owner}: targets must be int32 classes, not ${target.dtype}`)
  }
  const labels = target.to('int32')
  return { guesses, labels, counted: labels.ne(options.ignoreIndex), classes }
}

function largest(owner: string, output: Tensor, dim: number): [Tensor, number] {
  const axis = normalizeDim(owner, dim, output.ndim)
  const classes = output.size(axis)
  if (classes > 1) return [output.argmax(axis), classes]
  throw new ShapeError(
    `${owner}: outputs of ${formatShape(output.shape)} have a single class on axis ` +
      `${axis}: for yes or no, squeeze it away`,
  )
}

function checkFit(owner: string, output: Tensor, target: Tensor, guesses: Tensor) {
  if (sameShape(guesses.shape, target.shape)) return
  throw new ShapeError(
    `${owner}: outputs of ${formatShape(output.shape)} do not fit targets of ` +
      `${formatShape(target.shape)}: they must have the targets' shape, or one axis ` +
      'more, dim, for the classes',
  )
}

/** Refuses targets that are no class, once it is known how many there were. */
export function checkStrays(
  owner: string,
  strays: number,
  counted: number,
  classes: number,
): void {
  if (strays === 0) return
  throw new ValueError(
    `${owner}: ${strays} of ${counted} targets are no class from 0 to ${classes - 1}`,
  )
}
