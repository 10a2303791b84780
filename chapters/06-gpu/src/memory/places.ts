import type { Allocation } from './allocation.ts'

/** Tensors that were made at one place, and are there still. */
export interface Place {
  /** The line of your program that made them; undefined where that was not noted. */
  readonly madeAt: string | undefined
  readonly tensors: number
  readonly bytes: number
  /** What will free them: a scope that is open, an owner, or only the safety net. */
  readonly freedBy: 'scope' | 'owner' | 'garbage collector'
}

/**
 * Allocations by the place where they were made, in the order of the oldest of each.
 */
export function placesOf(allocations: Iterable<Allocation>): Place[] {
  const places = new Map<string, Place>()
  for (const allocation of allocations) {
    const { madeAt } = allocation
    const freedBy = freedByOf(allocation)
    const key = `${freedBy} ${madeAt}`
    const { tensors, bytes } = places.get(key) ?? { tensors: 0, bytes: 0 }
    places.set(key, {
      madeAt,
      tensors: tensors + 1,
      bytes: bytes + allocation.bytes,
      freedBy,
    })
  }
  return [...places.values()]
}

function freedByOf({ isHeld, frame }: Allocation): Place['freedBy'] {
  if (isHeld) return 'owner'
  return frame ? 'scope' : 'garbage collector'
}
