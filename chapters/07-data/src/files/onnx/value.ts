import type { DType, Shape } from '@deepdive/tensor'

/** A tensor of the graph: what it is called there, and what is known about it. */
export interface Value {
  readonly name: string
  readonly dtype: DType
  readonly shape: Shape
  /** The shape in another recording, of a larger batch: sizes that differ are open. */
  readonly other: Shape
}

/** Whether the size of an axis depends on the batch. */
export function isOpen({ shape, other }: Pick<Value, 'shape' | 'other'>, axis: number) {
  return shape[axis] !== other[axis]
}
