import { checkJoinable, checkStackable, dtypeOf, promoteTypes } from '@deepdive/tensor'
import { full } from './create.ts'
import * as movement from './ops/movement.ts'
import type { Tensor } from './tensor.ts'

/**
 * Tensors one after another along an axis that exists; all other sizes must agree.
 *
 * @throws ShapeError where they do not.
 * @example
 * cat([tensor([1, 2]), tensor([3])]) // → tensor([1., 2., 3.])
 */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  const [first, ...others] = checkJoinable('cat', tensors)
  return first.apply(movement.cat(dim), ...others)
}

/**
 * Tensors of one shape side by side along a new axis.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])])
 * // → tensor([[1., 2.],
 * //           [3., 4.]])
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  checkStackable(tensors)
  return cat(
    tensors.map((x) => x.unsqueeze(dim)),
    dim,
  )
}

/**
 * x where `condition` holds, y elsewhere; all three broadcast.
 *
 * @example
 * where(tensor([true, false]), tensor([1, 2]), 0) // → tensor([1., 0.])
 */
export function where(
  condition: Tensor,
  x: Tensor | number,
  y: Tensor | number,
): Tensor {
  if (typeof x !== 'number') return x.where(condition, y)
  if (typeof y !== 'number') return y.where(condition.logicalNot(), x)
  const dtype = promoteTypes(dtypeOf(x), dtypeOf(y))
  return full([], x, { dtype, device: condition.device }).where(condition, y)
}
