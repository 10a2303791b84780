import type { NDArray, Shape } from '@deepdive/tensor'
import type { Recording, Run } from './recording.ts'

/** The shapes that arrays of one recording have in another. */
export type OtherShapes = ReadonlyMap<NDArray, Shape>

/**
 * The shape of each array in a recording of a larger batch; null where something else
 * ran there, so that the two cannot be one graph.
 */
export function otherShapes(one: Recording, other: Recording): OtherShapes | null {
  const shapes = new Map<NDArray, Shape>()
  for (const [n, { array }] of one.inputs.entries()) {
    shapes.set(array, other.inputs[n].shape)
  }
  return compare(one.run, other.run, shapes) ? shapes : null
}

/** Whether the same ran in both; notes the shapes of what it made. */
function compare(one: Run, other: Run, shapes: Map<NDArray, Shape>): boolean {
  if (one.module !== other.module || one.parts.length !== other.parts.length)
    return false
  return one.parts.every((part, n) => {
    const counterpart = other.parts[n]
    if ('module' in part) {
      return 'module' in counterpart && compare(part, counterpart, shapes)
    }
    if ('module' in counterpart || counterpart.op.name !== part.op.name) return false
    shapes.set(part.output.array, counterpart.output.shape)
    return true
  })
}
