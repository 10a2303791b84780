import type { Tensor } from '@deepdive/autograd'
import { checkWord, optionsOf } from '@deepdive/tensor'
import type { Cell } from './cell.ts'
import { Recurrent, type RecurrentOptions } from './recurrent.ts'

export interface RNNOptions extends RecurrentOptions {
  /** What bounds, or rectifies, the new state. Default: 'tanh'. */
  readonly nonlinearity?: 'tanh' | 'relu'
}

/** h′ = tanh(W_ih · x + b_ih + W_hh · h + b_hh) */
const rnnCell = (nonlinearity: 'tanh' | 'relu'): Cell => ({
  gates: 1,
  stateLength: 1,
  step: (fromInput, fromHidden) => [fromInput.add(fromHidden)[nonlinearity]()],
})

/**
 * A layer that remembers: h′ = tanh(W_ih · x + b_ih + W_hh · h + b_hh) at each step, or
 * relu in place of tanh (Elman 1990).
 *
 * From x of [L, N, inputSize] ([N, L, inputSize] with `batchFirst`, [L, inputSize]
 * without a batch) and h0 of [layers · directions, N, hiddenSize], zeros unless given,
 * come [output, hN]: output is [L, N, directions · hiddenSize], hN is shaped as h0. The
 * parameters are `weightIhL0`, `weightHhL0`, `biasIhL0` and `biasHhL0` for layer 0,
 * with `Reverse` behind that for the other direction; all start uniform in
 * ±1/√hiddenSize.
 *
 * @throws ShapeError where sizes differ, naming both.
 * @example
 * const rnn = new RNN(3, 4)
 * const [output, hN] = rnn.forward(zeros([7, 2, 3]))
 * output.shape // → [7, 2, 4]
 * hN.shape // → [1, 2, 4]
 * Object.keys(rnn.stateDict())
 * // → ['weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0']
 */
export class RNN extends Recurrent {
  readonly nonlinearity: 'tanh' | 'relu'

  constructor(inputSize: number, hiddenSize: number, options: RNNOptions = {}) {
    const { nonlinearity = 'tanh' } = optionsOf('RNN', options)
    checkWord('RNN', 'nonlinearity', nonlinearity, ['tanh', 'relu'])
    super(rnnCell(nonlinearity), inputSize, hiddenSize, options)
    this.nonlinearity = nonlinearity
  }

  forward(x: Tensor, h0: Tensor | null = null): [output: Tensor, hN: Tensor] {
    const { output, state } = this.read(x, h0 && [h0])
    return [output, state[0]]
  }
}
