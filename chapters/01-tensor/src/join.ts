import { describeValue } from './describe-value.ts'
import { checkSameDevice } from './device.ts'
import { promoteTypes } from './dtype.ts'
import { ShapeError } from './errors.ts'
import type { NDArray } from './ndarray.ts'
import { formatShape, normalizeDim, type Shape, sameShape } from './shape.ts'

/**
 * Arrays one after another along an axis that exists; all other sizes must agree.
 *
 * @throws ShapeError where they do not.
 * @example
 * cat([array([1, 2]), array([3])]) // → array([1., 2., 3.])
 */
export function cat(arrays: readonly NDArray[], dim = 0): NDArray {
  const [first] = checkJoinable('cat', arrays)
  checkSameDevice('cat', ...arrays)
  const axis = normalizeDim('cat', dim, first.ndim)
  for (const { shape } of arrays) {
    const fits = (n: number, at: number) => at === axis || n === first.shape[at]
    if (shape.length === first.ndim && shape.every(fits)) continue
    throw new ShapeError(
      `cat: cannot join ${formatShape(first.shape)} and ${formatShape(shape)} along ` +
        `axis ${dim}: all other sizes must be equal`,
    )
  }
  const length = arrays.reduce((sum, { shape }) => sum + shape[axis], 0)
  const dtype = arrays.map((x) => x.dtype).reduce(promoteTypes)
  const out = first.newEmpty(first.shape.with(axis, length), dtype)
  let start = 0
  for (const part of arrays) {
    out.narrow(axis, start, part.shape[axis]).copy_(part)
    start += part.shape[axis]
  }
  return out
}

/**
 * Arrays of one shape side by side along a new axis.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * stack([array([1, 2]), array([3, 4])], 1)
 * // → array([[1., 3.],
 * //          [2., 4.]])
 */
export function stack(arrays: readonly NDArray[], dim = 0): NDArray {
  checkStackable(arrays)
  return cat(
    arrays.map((x) => x.unsqueeze(dim)),
    dim,
  )
}

/**
 * The parts, unless they are no list, or an empty one.
 * @example
 * checkJoinable('cat', [])
 * // throws ShapeError: cat: needs a list of at least one, not an
 */
export function checkJoinable<Part>(
  op: string,
  parts: readonly Part[],
): readonly Part[] {
  if (Array.isArray(parts) && parts.length > 0) return parts
  const found = Array.isArray(parts) ? 'an empty list' : describeValue(parts)
  throw new ShapeError(`${op}: needs a list of at least one, not ${found}`)
}

/**
 * Refuses what has not one shape.
 * @example
 * checkStackable([zeros([2]), zeros([3])])
 * // throws ShapeError: stack: cannot join [2] and [3]
 */
export function checkStackable(parts: readonly { readonly shape: Shape }[]): void {
  const [first] = checkJoinable('stack', parts)
  const other = parts.find(({ shape }) => !sameShape(shape, first.shape))
  if (!other) return
  throw new ShapeError(
    `stack: cannot join ${formatShape(first.shape)} and ${formatShape(other.shape)}: ` +
      'all sizes must be equal',
  )
}
