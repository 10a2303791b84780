import { formatShape, ShapeError, sameShape, ValueError } from '@deepdive/tensor'
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
  const [first, ...others] = tensors
  if (!first) throw new ShapeError('cat: needs at least one tensor')
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
  const [first] = tensors
  if (!first) throw new ShapeError('stack: needs at least one tensor')
  const other = tensors.find(({ shape }) => !sameShape(shape, first.shape))
  if (other) {
    throw new ShapeError(
      `stack: cannot stack ${formatShape(first.shape)} and ` +
        `${formatShape(other.shape)}: all shapes must be equal`,
    )
  }
  return cat(
    tensors.map((x) => x.unsqueeze(dim)),
    dim,
  )
}

/** What `pad` fills with. */
export interface PadOptions {
  /** What the new elements are. Default: 0. */
  readonly value?: number
}

/**
 * A tensor with elements added before and after: `padding` is
 * `[before, after]` of the last axis, then of the last but one, and so on. Negative
 * numbers take elements away.
 *
 * @throws ValueError where `padding` is no list of pairs, or more than there are axes.
 * @example
 * pad(tensor([1, 2]), [1, 2]) // → tensor([0., 1., 2., 0., 0.])
 */
export function pad(
  x: Tensor,
  padding: readonly number[],
  { value = 0 }: PadOptions = {},
): Tensor {
  const pairs = padding.length / 2
  if (!Number.isInteger(pairs) || pairs > x.ndim || !padding.every(Number.isInteger)) {
    throw new ValueError(
      `pad: [${padding.join(', ')}] must be pairs of whole numbers, at most one pair ` +
        `for each of ${x.ndim} axes, from the last axis on`,
    )
  }
  const amount = (axis: number, side: number) =>
    padding[2 * (x.ndim - 1 - axis) + side] ?? 0
  const before = x.shape.map((_, axis) => amount(axis, 0))
  const after = x.shape.map((_, axis) => amount(axis, 1))
  const cropped = x.shape.reduce((part, extent, axis) => {
    const start = Math.max(0, -before[axis])
    const length = extent - start - Math.max(0, -after[axis])
    return length === extent ? part : part.narrow(axis, start, length)
  }, x)
  const more = (list: readonly number[]) => list.map((n) => Math.max(0, n))
  return cropped.apply(movement.pad(more(before), more(after), value))
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
  return condition.newZeros([]).to('float32').add(x).where(condition, y)
}
