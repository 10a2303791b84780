import type { Tensor } from '@deepdive/autograd'

/** What a cell remembers from one step to the next: [h], or more; h is its output. */
export type State = readonly Tensor[]

/**
 * What distinguishes one kind of recurrent layer from another: how a step makes the
 * next state from the input and the state before, both multiplied by their weights
 * already: W_ih · x + b_ih and W_hh · h + b_hh, each [N, gates · hiddenSize].
 */
export interface Cell {
  /** How many blocks of hiddenSize rows the weights have. */
  readonly gates: number
  /** How many tensors of [N, hiddenSize] a state is. */
  readonly stateLength: number
  step(fromInput: Tensor, fromHidden: Tensor, state: State): State
}
