import type { Tensor } from '@deepdive/autograd'
import { putTogether, takeApart } from './outline.ts'

/** What says where it stands, and goes on from there: a model, an optimizer, a loader. */
export interface Stateful {
  stateDict(): unknown
  loadStateDict(state: unknown): unknown
}

export function isStateful(value: unknown): value is Stateful {
  if (typeof value !== 'object' || value === null) return false
  const has = (method: string) => typeof Reflect.get(value, method) === 'function'
  return has('stateDict') && has('loadStateDict')
}

/**
 * Gives each its state. Where one refuses, those before it get back what they had, and
 * nothing has changed.
 */
export function loadStates(
  op: string,
  states: readonly (readonly [part: Stateful, state: unknown])[],
): void {
  const undo: (() => void)[] = []
  try {
    for (const [part, state] of states) {
      undo.push(undoing(op, part))
      part.loadStateDict(state)
    }
  } catch (error) {
    for (const step of undo) step()
    throw error
  }
}

/** A way back to the state of now, copied, as a state dict may share memory. */
function undoing(op: string, part: Stateful): () => void {
  const [outline, tensors] = takeApart(op, part.stateDict())
  const copies = new Map<string, Tensor>()
  for (const [name, tensor] of tensors) copies.set(name, tensor.clone())
  return () => part.loadStateDict(putTogether(outline, copies))
}
