import type { View } from '../device.ts'
import type { TypedArray } from '../dtype.ts'
import type { Shape } from '../shape.ts'
import { isContiguous } from '../views.ts'

/**
 * The elements behind a view; on this device, memory is a typed array.
 * @example elements(array([5, 6]))[1] // → 6
 */
export function elements(view: View): TypedArray {
  return view.storage.memory as TypedArray
}

/** `at[v]` is where view v starts, `step[v]` how far its next element lies. */
export type Visit = (
  length: number,
  at: readonly number[],
  step: readonly number[],
) => void

/**
 * Walks views of one shape together, in runs of evenly spaced elements that are as
 * long as the strides allow: one run for contiguous views, whatever their shape.
 *
 *     shape [2, 3], strides [1, 2]:     at 0 ● ● ● step 2
 *                                       at 1 ● ● ● step 2
 *
 * The order of the runs is not the order of the elements.
 *
 * @example
 * const x = array([[1, 2], [3, 4]])
 * let sum = 0
 * forEachRun([x], (length, [at], [step]) => {
 *   for (let i = 0; i < length; i++) sum += elements(x)[at + i * step]
 * })
 * sum // → 10
 */
export function forEachRun(views: readonly View[], visit: Visit): void {
  const at = views.map((view) => view.offset)
  if (views.every(isContiguous)) {
    const size = views[0].shape.reduce((product, extent) => product * extent, 1)
    if (size > 0) visit(size, at, new Array<number>(views.length).fill(1))
    return
  }
  const { shape, strides } = longestLast(mergeAxes(views))
  if (shape.includes(0)) return
  const last = shape.length - 1
  const step = strides.map((ofView) => ofView[last])
  forEachIndex(shape.slice(0, last), strides, at, () => visit(shape[last], at, step))
}

/**
 * Walks views whose leading axes agree; a lane is what the last axis holds.
 * @example
 * let lanes = 0
 * forEachLane([array([[1, 2], [3, 4], [5, 6]])], () => {
 *   lanes++
 * })
 * lanes // → 3
 */
export function forEachLane(
  views: readonly View[],
  visit: (at: readonly number[]) => void,
): void {
  const leading = views[0].shape.slice(0, -1)
  if (leading.includes(0)) return
  const strides = views.map((view) => view.strides)
  const at = views.map((view) => view.offset)
  forEachIndex(leading, strides, at, () => visit(at))
}

/** Turns `at` like an odometer through every index of `shape`. */
function forEachIndex(
  shape: Shape,
  strides: readonly (readonly number[])[],
  at: number[],
  visit: () => void,
): void {
  const index = new Array<number>(shape.length).fill(0)
  for (;;) {
    visit()
    let axis = shape.length - 1
    for (; axis >= 0; axis--) {
      for (let v = 0; v < at.length; v++) at[v] += strides[v][axis]
      if (++index[axis] < shape[axis]) break
      for (let v = 0; v < at.length; v++) at[v] -= strides[v][axis] * shape[axis]
      index[axis] = 0
    }
    if (axis < 0) return
  }
}

/** Axes that several views have in common, and the steps of each along them. */
export interface CommonAxes {
  readonly shape: number[]
  readonly strides: number[][]
}

/**
 * Joins neighbouring axes that every view steps through as if they were one, and drops
 * those of size 1; at least one axis is left.
 * @example
 * const x = zeros([2, 3, 4])
 * mergeAxes([x]) // → { shape: [24], strides: [[1]] }
 * mergeAxes([x, x.flip(0)]).shape // → [2, 12]
 */
export function mergeAxes(views: readonly View[]): CommonAxes {
  const shape: number[] = []
  const strides = views.map((): number[] => [])
  views[0].shape.forEach((extent, axis) => {
    if (extent === 1) return
    const last = shape.length - 1
    const joins = (view: View, v: number) =>
      strides[v][last] === view.strides[axis] * extent
    if (last >= 0 && views.every(joins)) {
      shape[last] *= extent
      views.forEach((view, v) => {
        strides[v][last] = view.strides[axis]
      })
    } else {
      shape.push(extent)
      views.forEach((view, v) => {
        strides[v].push(view.strides[axis])
      })
    }
  })
  return shape.length > 0
    ? { shape, strides }
    : { shape: [1], strides: views.map(() => [1]) }
}

const shortRun = 16

/**
 * Runs of a few elements cost more to set up than to do: then the longest axis runs.
 */
function longestLast({ shape, strides }: CommonAxes): CommonAxes {
  const last = shape.length - 1
  if (shape[last] >= shortRun) return { shape, strides }
  const longest = shape.indexOf(Math.max(...shape))
  for (const list of [shape, ...strides]) list.push(...list.splice(longest, 1))
  return { shape, strides }
}
