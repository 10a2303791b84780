import { Tensor, tensor, zeros } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import * as nn from '../src/index.ts'
import { functional as F } from '../src/index.ts'

/** Calls what TypeScript would not let be called so; plain JavaScript would. */
const call = (fn: unknown, ...args: unknown[]) => {
  if (typeof fn !== 'function') throw new Error('this is no function')
  return Reflect.apply(fn, null, args)
}
const forward = (layer: nn.Module, ...args: unknown[]) => call(layer.forward, ...args)

const x = zeros([2, 3])
const weight = zeros([4, 3])
const labels = tensor([0, 1], { dtype: 'int32' })

/** The arguments of every function, by name. */
const functions: Record<keyof typeof F, Record<string, unknown>> = {
  linear: { input: x, weight, bias: zeros([4]) },
  bilinear: { input1: x, input2: x, weight: zeros([2, 3, 3]), bias: zeros([2]) },
  relu: { input: x },
  leakyRelu: { input: x },
  prelu: { input: x, weight: tensor([1]) },
  elu: { input: x },
  gelu: { input: x },
  sigmoid: { input: x },
  silu: { input: x },
  tanh: { input: x },
  softplus: { input: x },
  softmax: { input: x, dim: 1 },
  logSoftmax: { input: x, dim: 1 },
  dropout: { input: x },
  layerNorm: { input: x, shape: [3], weight: zeros([3]), bias: zeros([3]) },
  rmsNorm: { input: x, shape: [3], weight: zeros([3]) },
  embedding: { indices: labels, weight },
  scaledDotProductAttention: { query: x, key: x, value: x },
  mseLoss: { input: x, target: x },
  l1Loss: { input: x, target: x },
  smoothL1Loss: { input: x, target: x },
  huberLoss: { input: x, target: x },
  crossEntropy: { input: x, target: labels },
  nllLoss: { input: x, target: labels },
  binaryCrossEntropy: { input: x, target: x },
  binaryCrossEntropyWithLogits: { input: x, target: x },
  klDiv: { input: x, target: x },
  cosineEmbeddingLoss: { input1: x, input2: x, target: tensor([1, 1]) },
}

describe('what is no tensor is refused by name, in every argument of', () => {
  for (const [name, given] of Object.entries(functions))
    test(name, () => {
      const fn = Reflect.get(F, name)
      expect(() => call(fn, ...Object.values(given))).not.toThrow()
      for (const [argument, value] of Object.entries(given)) {
        if (!(value instanceof Tensor)) continue
        const args = Object.values({ ...given, [argument]: [1, 2] })
        expect(() => call(fn, ...args)).toThrow(
          `${name}: ${argument} is a list, not a tensor: wrap it by tensor(…)`,
        )
      }
    })

  test('a function, where an argument that it needs is missing', () => {
    for (const [name, given] of Object.entries(functions)) {
      const [first, second] = Object.keys(given)
      const fn = Reflect.get(F, name)
      const missing = 'undefined, not a tensor'
      expect(() => call(fn)).toThrow(`${name}: ${first} is ${missing}`)
      if (!(given[second] instanceof Tensor)) continue
      expect(() => call(fn, given[first])).toThrow(`${name}: ${second} is ${missing}`)
    }
  })
})

describe('a layer that is given no tensor says so, and where it stands:', () => {
  const layers: [layer: nn.Module, message: string][] = [
    [new nn.Linear(3, 2), 'linear: input is'],
    [new nn.Embedding(3, 2), 'embedding: indices is'],
    [new nn.LayerNorm(3), 'layerNorm: input is'],
    [new nn.RMSNorm(3), 'rmsNorm: input is'],
    [new nn.Bilinear(3, 2, 2), 'bilinear: input1 is'],
    [new nn.RNN(3, 2), 'RNN: input is'],
    [new nn.LSTM(3, 2), 'LSTM: input is'],
    [new nn.GRU(3, 2), 'GRU: input is'],
    [new nn.MultiheadAttention(4, 2), 'MultiheadAttention: query is'],
    [new nn.ReLU(), 'relu: input is'],
    [new nn.GELU(), 'gelu: input is'],
    [new nn.Dropout(), 'dropout: input is'],
    [new nn.Flatten(), 'flatten: input is'],
    [new nn.Unflatten(1, [1, 3]), 'unflatten: input is'],
    [new nn.MSELoss(), 'mseLoss: input is'],
    [new nn.CrossEntropyLoss(), 'crossEntropy: input is'],
  ]
  for (const [layer, message] of layers)
    test(layer.describe(), () => {
      const model = new nn.ModuleList([layer])
      class Net extends nn.Module {
        layers = model
        forward(given: unknown): unknown {
          return forward(layer, given)
        }
      }
      const place = `\n  in layers.0 (${layer.describe()})`
      expect(() => call(new Net().forward, [[1, 2]])).toThrow(
        `${message} a list, not a tensor: wrap it by tensor(…)${place}`,
      )
      expect(() => call(new Net().forward)).toThrow(
        `${message} undefined, not a tensor${place}`,
      )
    })

  test('a layer behind a recurrent one, which gives a list', () => {
    const [rnn, head]: unknown[] = [new nn.LSTM(3, 2), new nn.Linear(2, 1)]
    const model: unknown = Reflect.construct(nn.Sequential, [rnn, head])
    if (!(model instanceof nn.Sequential)) throw new Error('this is no Sequential')
    expect(() => model.forward(zeros([5, 1, 3]))).toThrow(
      'linear: input is a list, not a tensor: wrap it by tensor(…)\n' +
        '  in 1 (Linear 2 → 1)',
    )
  })
})

describe('a recurrent layer is told its state in one way:', () => {
  const sequence = zeros([5, 1, 3])
  const h0 = zeros([1, 1, 2])
  const [lstm, gru] = [new nn.LSTM(3, 2), new nn.GRU(3, 2)]

  test('an LSTM by a pair', () => {
    const pair = 'LSTM: the initial state must be a pair, [h0, c0], not '
    expect(() => forward(lstm, sequence, [h0])).toThrow(`${pair}a list of 1`)
    expect(() => forward(lstm, sequence, h0)).toThrow(`${pair}a Tensor`)
    expect(() => forward(lstm, sequence, [h0, [1]])).toThrow('LSTM: c0 is a list')
  })

  test('the others by a tensor', () => {
    expect(() => forward(gru, sequence, [h0])).toThrow(
      'GRU: h0 is a list, not a tensor',
    )
  })
})

describe('a list in place of a tensor among the options is refused by name:', () => {
  const [q, scores] = [zeros([2, 3]), zeros([2, 3]).add(0.5)]
  const cases: [string, () => unknown][] = [
    ['crossEntropy: weight', () => call(F.crossEntropy, x, labels, { weight: [1] })],
    [
      'binaryCrossEntropy: weight',
      () => call(F.binaryCrossEntropy, scores, scores, { weight: [1] }),
    ],
    [
      'binaryCrossEntropyWithLogits: posWeight',
      () => call(F.binaryCrossEntropyWithLogits, scores, scores, { posWeight: [1] }),
    ],
    [
      'scaledDotProductAttention: attnMask',
      () => call(F.scaledDotProductAttention, q, q, q, { attnMask: [[true]] }),
    ],
  ]
  test.each(cases)('%s', (name, run) => {
    expect(run).toThrow(`${name} is a list, not a tensor: wrap it by tensor(…)`)
  })
  test('and a number in place of a shape', () => {
    expect(() => call(F.layerNorm, x, 3)).toThrow(
      'layerNorm: normalizedShape is the number 3: give one list',
    )
  })
})
