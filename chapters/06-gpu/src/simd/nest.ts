import type { View } from '@deepdive/tensor'

/**
 * Loops, one inside another, that go through all elements of views of one shape: how
 * often each repeats, and how far a step of it goes in each view.
 */
export interface Nest {
  readonly shape: readonly number[]
  readonly strides: readonly (readonly number[])[]
}

/**
 * The loops through views of one shape, the innermost last: it takes the smallest steps
 * in the last of the views. Neighbours through which all views step as if they were one
 * are one.
 */
export function nestOf(views: readonly View[]): Nest {
  const { shape, strides } = views[views.length - 1]
  const axes = [...shape.keys()].filter((axis) => shape[axis] !== 1)
  if (axes.length === 0) return { shape: [1], strides: views.map(() => [1]) }
  axes.sort((a, b) => Math.abs(strides[b]) - Math.abs(strides[a]))
  const lengths: number[] = []
  const steps = views.map((): number[] => [])
  for (const axis of axes) {
    const last = lengths.length - 1
    const joins = (view: View, v: number) =>
      steps[v][last] === view.strides[axis] * shape[axis]
    const joined = last >= 0 && views.every(joins)
    const place = joined ? last : last + 1
    lengths[place] = joined ? lengths[last] * shape[axis] : shape[axis]
    views.forEach((view, v) => {
      steps[v][place] = view.strides[axis]
    })
  }
  return { shape: lengths, strides: steps }
}
