import { finished } from './finished.ts'
import type { Made, Op } from './op.ts'
import type { Tensor } from './tensor.ts'

/** An operation that ran: on what, and what it made. */
export interface Step extends Made {
  readonly op: Op
}

type Listener = (step: Step) => void

let listener: Listener | undefined

/**
 * Runs `fn`, and tells `listen` of each operation on tensors as soon as it has run,
 * whether a gradient needs it or not. What a function computes can be written down so,
 * to be computed elsewhere.
 *
 * @throws ValueError where `fn` is asynchronous: the rest of it would run unheard.
 * @example
 * const names = []
 * traceOperations(() => tensor([1, 2]).mul(3).exp(), ({ op }) => names.push(op.name))
 * names // → ['mul', 'exp']
 */
export function traceOperations<Result>(fn: () => Result, listen: Listener): Result {
  const before = listener
  listener = listen
  try {
    return finished('traceOperations', fn())
  } finally {
    listener = before
  }
}

/** What an operation does when it has run. */
export function tell(op: Op, inputs: readonly Tensor[], output: Tensor): void {
  listener?.({ op, inputs, output })
}
