import type { Tensor } from '@deepdive/autograd'
import type { Cell } from './cell.ts'
import { Recurrent, type RecurrentOptions } from './recurrent.ts'

/**
 * With the parts r, z, n of both products, in this order:
 * r = σ(rₓ + rₕ), z = σ(zₓ + zₕ), n = tanh(nₓ + r · nₕ), h′ = (1 − z) · n + z · h.
 */
const gruCell: Cell = {
  gates: 3,
  stateLength: 1,
  step(fromInput, fromHidden, [hidden]) {
    const [resetX, updateX, candidateX] = fromInput.chunk(3, -1)
    const [resetH, updateH, candidateH] = fromHidden.chunk(3, -1)
    const reset = resetX.add(resetH).sigmoid()
    const update = updateX.add(updateH).sigmoid()
    const candidate = candidateX.add(reset.mul(candidateH)).tanh()
    return [candidate.add(update.mul(hidden.sub(candidate)))]
  },
}

/**
 * A layer that remembers with two gates, fewer than LSTM: r forgets, z keeps
 * (Cho et al. 2014):
 *
 *     n = tanh(W_in · x + b_in + r · (W_hn · h + b_hn))     h′ = (1 − z) · n + z · h
 *
 * with r and z sigmoids of the like. Shapes are those of RNN.
 *
 * @throws ShapeError where sizes differ, naming both.
 * @example
 * const gru = new GRU(3, 4, { bidirectional: true })
 * const [output, hN] = gru.forward(zeros([7, 2, 3]))
 * output.shape // → [7, 2, 8]
 * hN.shape // → [2, 2, 4]
 */
export class GRU extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(gruCell, inputSize, hiddenSize, options)
  }

  forward(x: Tensor, h0: Tensor | null = null): [output: Tensor, hN: Tensor] {
    const { output, state } = this.read(x, h0 && [h0])
    return [output, state[0]]
  }
}
