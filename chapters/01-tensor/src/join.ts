import { checkSameDevice } from './device.ts'
import { promoteTypes } from './dtype.ts'
import { ShapeError } from './errors.ts'
import type { NDArray } from './ndarray.ts'
import { formatShape, normalizeDim, sameShape } from './shape.ts'

/**
 * Arrays one after another along an axis that exists; all other sizes must agree.
 *
 * @throws ShapeError where they do not.
 * @example
 * cat([array([1, 2]), array([3])]) // → array([1., 2., 3.])
 */
export function cat(arrays: readonly NDArray[], dim = 0): NDArray {
  if (arrays.length === 0) throw new ShapeError('cat: needs at least one array')
  const [first] = arrays
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
  if (arrays.length === 0) throw new ShapeError('stack: needs at least one array')
  const [first] = arrays
  const other = arrays.find(({ shape }) => !sameShape(shape, first.shape))
  if (other) {
    throw new ShapeError(
      `stack: cannot join ${formatShape(first.shape)} and ${formatShape(other.shape)}: ` +
        'all sizes must be equal',
    )
  }
  return cat(
    arrays.map((x) => x.unsqueeze(dim)),
    dim,
  )
}
