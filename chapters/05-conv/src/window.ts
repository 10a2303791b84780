import { ShapeError, ValueError } from '@deepdive/tensor'

/** How a window slides along one axis; all in elements of that axis. */
export interface WindowAxis {
  /** How many elements a window takes. */
  readonly size: number
  /** How far one window lies from the next. */
  readonly stride: number
  /** How far one element of a window lies from the next. */
  readonly dilation: number
  /** Elements imagined before the first. */
  readonly before: number
  /** Elements imagined after the last; below 0, as many that no window holds. */
  readonly after: number
}

/** A window on as many axes as it slides along: two for an image. */
export type Window = readonly WindowAxis[]

/** From the first to the last element of a window, both counted: d · (k − 1) + 1. */
export function reach({ size, dilation }: WindowAxis): number {
  return dilation * (size - 1) + 1
}

/**
 * How many windows fit an axis: ⌊(n + before + after − reach) / stride⌋ + 1.
 *
 * @throws ShapeError where not a single one does.
 */
export function windowCount(op: string, axis: WindowAxis, extent: number): number {
  const room = extent + axis.before + axis.after
  const count = Math.floor((room - reach(axis)) / axis.stride) + 1
  if (count > 0) return count
  throw new ShapeError(
    `${op}: a window that reaches over ${reach(axis)} elements does not fit an axis ` +
      `of ${extent}, ${room} with its padding: use a smaller kernel or dilation, or ` +
      'pad more',
  )
}

/** One number for all axes, or one for each. */
export type PerAxis = number | readonly number[]

/**
 * The number for each of `rank` axes, each whole and not below `least`.
 *
 * @throws ValueError where it is not.
 */
export function perAxis(
  op: string,
  name: string,
  value: PerAxis,
  rank: number,
  least: number,
): readonly number[] {
  const list = typeof value === 'number' ? new Array<number>(rank).fill(value) : value
  const fits = Array.isArray(list) && list.length === rank
  if (fits && list.every((n) => Number.isInteger(n) && n >= least)) return list
  const given = Array.isArray(value) ? `[${value.join(', ')}]` : value
  throw new ValueError(
    `${op}: ${name} ${given} must be a whole number ≥ ${least}, or a list of ${rank}`,
  )
}

/** How a window slides, as all that slides lets one say. */
export interface WindowOptions {
  /** How far one window lies from the next. Default: 1. */
  readonly stride?: PerAxis
  /** Zeros imagined on both sides of each axis. Default: 0. */
  readonly padding?: PerAxis
  /** How far one element of a window lies from the next. Default: 1. */
  readonly dilation?: PerAxis
}

/**
 * A window of these sizes, with as much padding before an axis as after it.
 *
 * @throws ValueError where a number is fractional, or too small.
 */
export function evenWindow(
  op: string,
  sizes: PerAxis,
  rank: number,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions,
): Window {
  const strides = perAxis(op, 'stride', stride, rank, 1)
  const paddings = perAxis(op, 'padding', padding, rank, 0)
  const dilations = perAxis(op, 'dilation', dilation, rank, 1)
  return perAxis(op, 'kernelSize', sizes, rank, 1).map((size, n) => ({
    size,
    stride: strides[n],
    dilation: dilations[n],
    before: paddings[n],
    after: paddings[n],
  }))
}
