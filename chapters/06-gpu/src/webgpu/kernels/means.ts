import type { View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { sizeOfView } from '../views.ts'
import { sum } from './reduce.ts'
import { totals } from './totals.ts'

/** The mean, over the axes that out lacks, of what is made of an element of each. */
export function meanOf(
  recorder: Recorder,
  operation: string,
  inputs: readonly View[],
  out: View,
  element: (...elements: string[]) => string,
): void {
  const count = sizeOfView(inputs[0]) / Math.max(1, sizeOfView(out))
  totals(recorder, {
    operation,
    inputs,
    out,
    element,
    reduction: sum.float32,
    divisor: count,
  })
}

/**
 * The mean of x over its last axes, and the mean of what is left squared; returns the
 * mean at the shape of x.
 */
export function meanAndVariance(
  recorder: Recorder,
  operation: string,
  x: View,
  mean: View,
  variance: View,
): View {
  const center = stretched(mean, x)
  meanOf(recorder, operation, [x], mean, (element) => element)
  const squared = (a: string, b: string) => `(${a} - ${b}) * (${a} - ${b})`
  meanOf(recorder, operation, [x, center], variance, squared)
  return center
}

/** A view of [...kept] as one of [...kept, ...reduced]. */
export function stretched(view: View, { shape }: View): View {
  const added = shape.slice(view.shape.length).map(() => 0)
  const { storage, dtype, offset } = view
  return { storage, dtype, offset, shape, strides: [...view.strides, ...added] }
}
