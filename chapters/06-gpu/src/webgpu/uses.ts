import type { View } from '@deepdive/tensor'
import { type GpuMemory, memoryOf } from './memory.ts'
import { coversStorage } from './views.ts'

/**
 * A memory in the hands of a kernel, which reads it, changes parts of it, or overwrites
 * all of it without looking.
 */
export interface Use {
  readonly memory: GpuMemory
  readonly as: 'read' | 'update' | 'overwrite'
}

/** A kernel reads the view. */
export function reads(operation: string, { storage }: View): Use {
  return { memory: memoryOf(operation, storage), as: 'read' }
}

/** A kernel writes each element of the view, and reads none. */
export function writes(operation: string, view: View): Use {
  const as = coversStorage(view) ? 'overwrite' : 'update'
  return { memory: memoryOf(operation, view.storage), as }
}

/**
 * A kernel writes elements of the view, and reads some of them or leaves some alone.
 */
export function changes(operation: string, { storage }: View): Use {
  return { memory: memoryOf(operation, storage), as: 'update' }
}
