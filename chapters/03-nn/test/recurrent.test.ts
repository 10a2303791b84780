import { cat, grad, ones, randn, type Tensor, zeros } from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import { GRU, init, Linear, LSTM, Parameter, RNN } from '../src/index.ts'
import { steps } from '../src/recurrent/steps.ts'

beforeEach(() => manualSeed(7))

const difference = (a: Tensor, b: Tensor) => a.sub(b).abs().amax().item()

describe('a recurrent layer', () => {
  test('that reads on from its state reads as if it had never stopped', () => {
    const x = randn([7, 2, 3])
    const [start, rest] = [x.narrow(0, 0, 4), x.narrow(0, 4, 3)]
    const gru = new GRU(3, 4, { numLayers: 2 })
    const [whole, end] = gru.forward(x)
    const [first, between] = gru.forward(start)
    const [second, last] = gru.forward(rest, between)
    expect(difference(cat([first, second]), whole)).toBeLessThan(1e-6)
    expect(difference(last, end)).toBeLessThan(1e-6)

    const lstm = new LSTM(3, 4)
    const [expected] = lstm.forward(x)
    const [, state] = lstm.forward(start)
    const [found] = lstm.forward(rest, state)
    expect(difference(found, expected.narrow(0, 4, 3))).toBeLessThan(1e-6)
  })

  test('ends in the state that its last output shows', () => {
    const rnn = new RNN(3, 4, { bidirectional: true })
    const [output, hN] = rnn.forward(randn([5, 2, 3]))
    const [forward, backward] = output.chunk(2, -1)
    expect(difference(hN.select(0, 0), forward.select(0, 4))).toBe(0)
    expect(difference(hN.select(0, 1), backward.select(0, 0))).toBe(0)
  })

  test('hides the future, unless it reads backwards too', () => {
    const x = randn([5, 1, 3])
    const other = cat([x.narrow(0, 0, 3), randn([2, 1, 3])])
    const early = (layer: RNN) =>
      difference(
        layer.forward(x)[0].narrow(0, 0, 3),
        layer.forward(other)[0].narrow(0, 0, 3),
      )
    expect(early(new RNN(3, 4))).toBe(0)
    expect(early(new RNN(3, 4, { bidirectional: true }))).toBeGreaterThan(0.001)
  })

  test('reads each sample of a batch as if it were alone', () => {
    const lstm = new LSTM(3, 4, { batchFirst: true, bidirectional: true })
    const x = randn([3, 5, 3])
    const [output] = lstm.forward(x)
    const [alone] = lstm.forward(x.select(0, 1))
    expect(difference(output.select(0, 1), alone)).toBeLessThan(1e-6)
  })

  test('drops between its layers, in training only', () => {
    const x = randn([4, 2, 3])
    const twice = (layer: GRU) => {
      return difference(layer.forward(x)[0], layer.forward(x)[0])
    }
    const deep = new GRU(3, 4, { numLayers: 2, dropout: 0.5 })
    expect(twice(deep)).toBeGreaterThan(0.001)
    expect(twice(deep.eval())).toBe(0)
    expect(twice(new GRU(3, 4, { dropout: 0.5 }))).toBe(0)
    const rest = new GRU(3, 4, { numLayers: 2, dropout: 0.5 })
    manualSeed(8)
    const [first] = rest.forward(x)
    manualSeed(8)
    expect(difference(rest.forward(x)[0], first)).toBe(0)
  })

  test('has its weights as properties, by PyTorch’s names in camelCase', () => {
    const lstm = new LSTM(3, 4, { numLayers: 2, bidirectional: true })
    const names = [...lstm.namedParameters()].map(([name]) => name)
    expect(names[7]).toBe('bias_hh_l0_reverse')
    expect(lstm.parameters()[7]).toBe(lstm.biasHhL0Reverse)
    expect(lstm.weightIhL0.shape).toEqual([16, 3])
    expect(lstm.weightIhL1Reverse.shape).toEqual([16, 8])
    expect(new GRU(3, 4, { bias: false }).biasIhL0).toBeNull()
  })

  test('computes with what its weights are filled with, or replaced by', () => {
    const rnn = new RNN(1, 1, { nonlinearity: 'relu', bias: false })
    init.constant_(rnn.weightIhL0, 2)
    rnn.weightHhL0 = new Parameter(ones([1, 1]))
    expect(
      rnn
        .forward(ones([3, 1]))[0]
        .flatten()
        .toArray(),
    ).toEqual([2, 4, 6])
    expect(rnn.parameters()).toEqual([rnn.weightIhL0, rnn.weightHhL0])
  })

  test('of your own finds what it has beside its weights', () => {
    class Tagger extends GRU {
      readonly head = new Linear(4, 2)
    }
    const names = [...new Tagger(3, 4, { bias: false }).namedParameters()]
    expect(names.map(([name]) => name)).toEqual([
      'weight_ih_l0',
      'weight_hh_l0',
      'head.weight',
      'head.bias',
    ])
  })

  test('sends gradients back through a thousand steps', () => {
    const rnn = new RNN(1, 1, { nonlinearity: 'relu', bias: false })
    rnn.loadStateDict({
      weight_ih_l0: zeros([1, 1]).add(1),
      weight_hh_l0: zeros([1, 1]).add(1),
    })
    const x = zeros([1000, 1, 1], { requiresGrad: true })
    const [, hN] = rnn.forward(x.add(1))
    hN.sum().backward()
    expect(hN.item()).toBe(1000)
    expect(x.grad?.sub(1).abs().amax().item()).toBe(0)
  })
})

test('the steps of a sequence are its slices, and so are their gradients', () => {
  for (const length of [1, 2, 3, 7, 8])
    for (const dim of [0, 1]) {
      const shape = [2, 2].with(dim, length)
      const x = randn([...shape, 3], { requiresGrad: true })
      const found = steps(x, dim)
      expect(found.map((part) => part.toArray())).toEqual(
        Array.from({ length }, (_, n) => x.select(dim, n).toArray()),
      )
      const last = found.at(-1) ?? x
      const [gradient] = grad([last.sum()], [x])
      const [expected] = grad([x.select(dim, length - 1).sum()], [x])
      expect(gradient.toArray()).toEqual(expected.toArray())
    }
})

describe('a recurrent layer refuses, naming both sizes:', () => {
  const rnn = new RNN(3, 4, { bidirectional: true })
  const x = randn([5, 2, 3])
  const refusals: [what: string, run: () => unknown, message: string][] = [
    [
      'a rank that is no sequence’s',
      () => rnn.forward(zeros([3])),
      'RNN: input [3] has 1 axes, must be [L, N, 3], or [L, 3] without a batch\n' +
        '  in RNN 3 → 4, both directions',
    ],
    [
      'inputs of another width',
      () => new LSTM(3, 4, { batchFirst: true }).forward(zeros([5, 2, 7])),
      'LSTM: the last axis of input [5, 2, 7] is 7, inputSize is 3: must be [N, L, 3], ' +
        'or [L, 3] without a batch',
    ],
    [
      'a sequence of no steps',
      () => new GRU(3, 4).forward(zeros([0, 2, 3])),
      'GRU: input [0, 2, 3] has no time step',
    ],
    [
      'a state of too few directions',
      () => rnn.forward(x, zeros([1, 2, 4])),
      'RNN: the initial state h0 is [1, 2, 4], must be [2, 2, 4]: ' +
        'layers · directions, batch, hiddenSize',
    ],
    [
      'a memory of another width',
      () => new LSTM(3, 4).forward(zeros([5, 3]), [zeros([1, 4]), zeros([1, 5])]),
      'LSTM: the initial state c0 is [1, 5], must be [1, 4]: ' +
        'layers · directions, hiddenSize',
    ],
    [
      'half a layer',
      () => new GRU(3, 4, { numLayers: 0.5 }),
      'GRU: numLayers is 0.5: it must be a whole number ≥ 1',
    ],
    [
      'a dropout that is no probability',
      () => new GRU(3, 4, { dropout: -1 }),
      'GRU: dropout is -1: it must be in [0, 1]',
    ],
    [
      'an unknown nonlinearity',
      () => Reflect.construct(RNN, [3, 4, { nonlinearity: 'gelu' }]),
      "RNN: nonlinearity is 'gelu': it must be 'tanh' or 'relu'",
    ],
  ]
  for (const [what, run, message] of refusals)
    test(what, () => expect(run).toThrow(message))
})
