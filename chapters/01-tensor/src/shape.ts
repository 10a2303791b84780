import { describeValue } from './describe-value.ts'
import { IndexError, ShapeError, ValueError } from './errors.ts'

/** The size of each axis: `[]` is a single number, `[2, 3]` two rows of three. */
export type Shape = readonly number[]

/**
 * How many elements a shape has; 1 for `[]`, 0 where any axis is empty.
 * @example sizeOf([2, 3]) // → 6
 */
export function sizeOf(shape: Shape): number {
  let size = 1
  for (const extent of shape) size *= extent
  return size
}

/**
 * A shape as messages write it: `[2, 3]`.
 * @example formatShape([2, 3]) // → [2, 3]
 */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

/**
 * Whether two shapes have the same axes.
 * @example sameShape([2, 3], [3, 2]) // → false
 */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return true
}

/**
 * Refuses what is no list, such as the first of several numbers.
 * @example
 * checkList('zeros', 'the shape', 2)
 * // throws ValueError: zeros: the shape is the number 2: give one list, as in zeros([2, 3])
 */
export function checkList(
  op: string,
  name: string,
  list: unknown,
): asserts list is readonly number[] {
  if (Array.isArray(list)) return
  throw new ValueError(
    `${op}: ${name} is ${describeValue(list)}: give one list, as in ${op}([2, 3])`,
  )
}

/**
 * Refuses sizes that are not whole numbers ≥ 0.
 * @example
 * checkShape('zeros', [2, -1])
 * // throws ValueError: zeros: [2, -1] is no shape
 */
export function checkShape(op: string, shape: unknown): asserts shape is Shape {
  checkList(op, 'the shape', shape)
  for (const extent of shape) {
    if (Number.isInteger(extent) && extent >= 0) continue
    throw new ValueError(
      `${op}: ${formatShape(shape)} is no shape: each size must be a whole number ≥ 0`,
    )
  }
}

/**
 * The axis that `dim` names, counted from the end where negative: 0 ≤ axis < rank.
 * @example
 * normalizeDim('sum', -1, 3) // → 2
 * normalizeDim('sum', 3, 3)
 * // throws IndexError: sum: there is no axis 3 in 3 dimensions
 */
export function normalizeDim(op: string, dim: number, rank: number): number {
  const axis = dim < 0 ? dim + rank : dim
  if (Number.isInteger(dim) && axis >= 0 && axis < rank) return axis
  const range =
    rank === 0 ? 'a 0-dimensional array has none' : `use ${-rank} to ${rank - 1}`
  throw new IndexError(`${op}: there is no axis ${dim} in ${rank} dimensions: ${range}`)
}

/**
 * Normalizes each of `dims` (all axes if undefined), refusing one named twice.
 * @example normalizeDims('sum', [0, -1], 3) // → [0, 2]
 */
export function normalizeDims(
  op: string,
  dims: number | readonly number[] | undefined,
  rank: number,
): number[] {
  if (dims === undefined) return Array.from({ length: rank }, (_, axis) => axis)
  const list = typeof dims === 'number' ? [dims] : dims
  if (!Array.isArray(list)) {
    throw new ValueError(
      `${op}: dim is ${describeValue(list)}: give a number, or a list of numbers`,
    )
  }
  const axes = list.map((dim) => normalizeDim(op, dim, rank))
  if (new Set(axes).size === axes.length) return axes
  throw new ShapeError(`${op}: dims [${list.join(', ')}] name an axis twice`)
}

/**
 * The axes over which `op` reduces: all where `dims` is undefined or empty. A single
 * number counts as a vector of one, so that its axis 0 exists and is none of its own.
 *
 * @example
 * reducedAxes('sum', [], 2) // → [0, 1]
 * reducedAxes('sum', -1, 2) // → [1]
 * reducedAxes('sum', 0, 0) // → []
 */
export function reducedAxes(
  op: string,
  dims: number | readonly number[] | undefined,
  rank: number,
): number[] {
  const all = dims === undefined || (Array.isArray(dims) && dims.length === 0)
  const axes = normalizeDims(op, all ? undefined : dims, Math.max(1, rank))
  return rank === 0 ? [] : axes
}

/** Replaces a single −1 by the size that makes `shape` hold `size` elements. */
export function inferSize(op: string, shape: Shape, size: number): Shape {
  checkList(op, 'the shape', shape)
  const given = shape.filter((extent) => extent !== -1)
  const holes = shape.length - given.length
  const known = sizeOf(given)
  checkShape(op, given)
  if (holes > 1) {
    throw new ShapeError(`${op}: ${formatShape(shape)} has two −1: only one can follow`)
  }
  if (holes === 0 ? known === size : known > 0 && size % known === 0) {
    return holes === 0 ? shape : shape.map((n) => (n === -1 ? size / known : n))
  }
  throw new ShapeError(
    `${op}: cannot lay ${size} elements out as ${formatShape(shape)}` +
      (holes === 0 ? `, which has ${known}` : `: ${known} does not divide ${size}`),
  )
}
