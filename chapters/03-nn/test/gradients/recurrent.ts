import { cat } from '@deepdive/autograd'
import fc from 'fast-check'
import { from, shaped } from '../../../02-autograd/test/inputs.ts'
import { type Case, type Cases, on } from '../../../02-autograd/test/operations/case.ts'
import { GRU, LSTM, Parameter, type RecurrentOptions, RNN } from '../../src/index.ts'

/** So small that what three steps make of them is no cliff. */
const small = from(-0.7, -0.4, -0.1, 0.2, 0.5)

const kinds = { RNN, LSTM, GRU }

/** A layer from its input, its initial state and its weights to all that it gives. */
function reading(kind: keyof typeof kinds, options: RecurrentOptions): Case {
  const layer = new kinds[kind](2, 1, options)
  const weights = Object.entries(layer).filter(([, x]) => x instanceof Parameter)
  const stateCount = kind === 'LSTM' ? 2 : 1
  const stateLayers = layer.numLayers * (layer.bidirectional ? 2 : 1)
  const inputs = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.nat(2))
    .chain((sizes) =>
      shaped(
        [
          [...(layer.batchFirst ? sizes.toReversed() : sizes), 2],
          ...new Array(stateCount).fill([stateLayers, sizes[1], 1]),
          ...weights.map(([, { shape }]) => shape),
        ],
        small,
      ),
    )
  return on(inputs, ([x, ...others]) => {
    const [h0, c0] = others.splice(0, stateCount)
    for (const [n, [name]] of weights.entries()) Reflect.set(layer, name, others[n])
    const given =
      layer instanceof LSTM ? layer.forward(x, [h0, c0]) : layer.forward(x, h0)
    return cat(given.flat().map((part) => part.flatten()))
  })
}

/** All that recurrent layers may be told to do, but relu, whose kink may be anywhere. */
function readings(kind: keyof typeof kinds): Case[] {
  return [
    reading(kind, {}),
    reading(kind, { numLayers: 2, bias: false }),
    reading(kind, { bidirectional: true, batchFirst: true }),
  ]
}

export const recurrent: Cases = {
  RNN: readings('RNN'),
  LSTM: readings('LSTM'),
  GRU: readings('GRU'),
}
