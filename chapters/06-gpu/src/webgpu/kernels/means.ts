import type { View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { sizeOfView } from '../views.ts'
import { sum } from './reduce.ts'
import { totals } from './totals.ts'

/** The mean, over the axes that out lacks, of what is made of an element of each. */
export function meanOf(
  recorder: Recorder,
  inputs: readonly View[],
  out: View,
  element: (...elements: string[]) => string,
): void {
  const count = sizeOfView(inputs[0]) / Math.max(1, sizeOfView(out))
  totals(recorder, {
    operation: 'standardize',
    inputs,
    out,
    element,
    reduction: sum.float32,
    divisor: count,
  })
}

/** A view of [...kept] as one of [...kept, ...reduced]. */
export function stretched(view: View, { shape }: View): View {
  const added = shape.slice(view.shape.length).map(() => 0)
  const { storage, dtype, offset } = view
  return { storage, dtype, offset, shape, strides: [...view.strides, ...added] }
}
