import type { Tensor } from '@deepdive/autograd'
import type { Cell } from './cell.ts'
import { checkPair } from './check.ts'
import { Recurrent, type RecurrentOptions } from './recurrent.ts'

/**
 * With the gates i, f, g, o from W_ih · x + b_ih + W_hh · h + b_hh, in this order:
 * c′ = σ(f) · c + σ(i) · tanh(g), h′ = σ(o) · tanh(c′).
 */
const lstmCell: Cell = {
  gates: 4,
  stateLength: 2,
  step(fromInput, fromHidden, [, memory]) {
    const [input, forget, candidate, output] = fromInput.add(fromHidden).chunk(4, -1)
    const kept = forget.sigmoid().mul(memory)
    const next = kept.add(input.sigmoid().mul(candidate.tanh()))
    return [output.sigmoid().mul(next.tanh()), next]
  },
}

/**
 * A layer that remembers for long: beside its output h, each cell carries a memory c
 * that gates write, keep and read (Hochreiter & Schmidhuber 1997; Gers et al. 2000):
 *
 *     c′ = σ(f) · c + σ(i) · tanh(g)     h′ = σ(o) · tanh(c′)
 *
 * with i, f, g, o from W_ih · x + b_ih + W_hh · h + b_hh. Shapes are those of RNN; its
 * state is a pair: `forward(x, [h0, c0])` gives [output, [hN, cN]].
 *
 * @throws ShapeError where sizes differ, naming both.
 * @throws ValueError where the state is no pair.
 * @example
 * const lstm = new LSTM(3, 4, { numLayers: 2, batchFirst: true })
 * const [output, [hN, cN]] = lstm.forward(zeros([2, 7, 3]))
 * output.shape // → [2, 7, 4]
 * cN.shape // → [2, 2, 4]
 */
export class LSTM extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(lstmCell, inputSize, hiddenSize, options)
  }

  forward(
    x: Tensor,
    start: readonly [h0: Tensor, c0: Tensor] | null = null,
  ): [output: Tensor, state: [hN: Tensor, cN: Tensor]] {
    if (start !== null) checkPair('LSTM', start)
    const { output, state } = this.read(x, start)
    return [output, [state[0], state[1]]]
  }
}
