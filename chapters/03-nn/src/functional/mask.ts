import { ones, type Tensor, where } from '@deepdive/autograd'
import {
  DTypeError,
  formatShape,
  type Shape,
  ShapeError,
  sameShape,
} from '@deepdive/tensor'
import { checkTensors } from './check-tensors.ts'

/*
 * A mask says which keys a query may look at. It comes in two forms: bool, true where
 * it may, or float32, to be added to the scores: −∞ where it may not.
 */

/**
 * Refuses a mask of another dtype, or whose shape is none of those that are possible.
 */
export function checkMask(
  op: string,
  arg: string,
  mask: Tensor,
  possible: readonly Shape[],
  fits = sameShape,
): void {
  checkTensors(op, { [arg]: mask })
  const name = `${op}: ${arg}`
  if (mask.dtype === 'int32') {
    throw new DTypeError(`${name} must be bool or float32, not int32: use .to('bool')`)
  }
  if (possible.some((shape) => fits(mask.shape, shape))) return
  throw new ShapeError(
    `${name} is ${formatShape(mask.shape)}, but must ` +
      `${fits === sameShape ? 'be' : 'broadcast to'} ` +
      possible.map(formatShape).join(' or '),
  )
}

/** Lets query i look at keys 0 … i: a triangle of shape [queries, keys]. */
export function causalMask(scores: Tensor): Tensor {
  const { device } = scores
  return ones(scores.shape.slice(-2), { dtype: 'bool', device }).tril()
}

/** A query may look where both masks let it. */
export function joinMasks(a: Tensor, b: Tensor): Tensor {
  if (a.dtype === 'bool' && b.dtype === 'bool') return a.logicalAnd(b)
  return added(a).add(added(b))
}

function added(mask: Tensor): Tensor {
  return mask.dtype === 'bool' ? where(mask, 0, -Infinity) : mask
}

/** Scores of −∞, or less than they were, where a query should not look. */
export function applyMask(scores: Tensor, mask: Tensor): Tensor {
  return mask.dtype === 'bool' ? scores.where(mask, -Infinity) : scores.add(mask)
}
