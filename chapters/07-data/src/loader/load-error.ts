import { DataError, reasonOf } from '../datasets/errors.ts'
import type { Awaitable } from '../datasets/load-options.ts'

/** What `load` gives; where it fails, the error says what could not be loaded. */
export async function loading<Value>(
  what: string,
  load: () => Awaitable<Value>,
): Promise<Value> {
  try {
    return await load()
  } catch (error) {
    throw cannotLoad(what, error)
  }
}

/** The error for what could not be loaded. */
export function cannotLoad(what: string, error: unknown): DataError {
  return new DataError(`DataLoader: cannot load ${what}: ${reasonOf(error)}`, error)
}

/** Names samples for a message: `samples 3, 1, 4, …`. */
export function nameSamples(indices: readonly number[]): string {
  const shown = indices.slice(0, 8).join(', ')
  const more = indices.length > 8 ? ', …' : ''
  return `sample${indices.length === 1 ? '' : 's'} ${shown}${more}`
}
