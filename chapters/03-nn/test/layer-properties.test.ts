import { ones, randn, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import * as nn from '../src/index.ts'

beforeEach(() => manualSeed(3))

const index = (...values: number[]) => tensor(values, { dtype: 'int32' })

describe('an embedding', () => {
  test('starts its padding row at zero, and never moves it', () => {
    const words = new nn.Embedding(4, 2, { paddingIdx: -1 })
    expect(words.weight.select(0, 3).toArray()).toEqual([0, 0])
    words
      .forward(index(3, 1, 3))
      .sum()
      .backward()
    expect(words.weight.grad?.toArray()).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 0],
    ])
  })

  test('learns in a row from every place that names it', () => {
    const words = new nn.Embedding(3, 1)
    words
      .forward(index(2, 2, 0, 2))
      .sum()
      .backward()
    expect(words.weight.grad?.toArray()).toEqual([[1], [0], [3]])
  })
})

describe('a norm', () => {
  test('brings each sample to mean 0 and variance 1', () => {
    const y = new nn.LayerNorm(64).forward(randn([5, 64]).mul(30).add(7))
    expect(y.mean(-1).abs().amax().item()).toBeLessThan(1e-5)
    expect(y.var(-1, { correction: 0 }).sub(1).abs().amax().item()).toBeLessThan(1e-4)
  })

  test('is the same whatever the other samples are', () => {
    const norm = new nn.LayerNorm(8)
    const [x, other] = [randn([1, 8]), randn([4, 8]).mul(100)]
    const alone = norm.forward(x)
    const together = norm.forward(
      tensor([...x.toTypedArray(), ...other.toTypedArray()]).reshape([5, 8]),
    )
    expect(together.select(0, 0).toArray()).toEqual(alone.select(0, 0).toArray())
  })

  test('of large numbers is finite, forward and backward', () => {
    for (const norm of [new nn.LayerNorm(4), new nn.RMSNorm(4)]) {
      const x = tensor([[1e6, -1e6, 1e6, 0]], { requiresGrad: true })
      const y = norm.forward(x)
      y.square().sum().backward()
      expect(y.abs().lt(3).all().item()).toBe(1)
      expect(x.grad?.abs().lt(1).all().item()).toBe(1)
    }
  })

  test('can do without weight, and LayerNorm without bias', () => {
    const keys = (module: nn.Module) => Object.keys(module.stateDict())
    expect(keys(new nn.LayerNorm(4))).toEqual(['weight', 'bias'])
    expect(keys(new nn.LayerNorm(4, { bias: false }))).toEqual(['weight'])
    expect(keys(new nn.LayerNorm(4, { elementwiseAffine: false }))).toEqual([])
    expect(keys(new nn.RMSNorm([2, 4]))).toEqual(['weight'])
  })
})

describe('an activation at ±1000', () => {
  const activations: nn.Layer[] = [
    new nn.ReLU(),
    new nn.LeakyReLU(),
    new nn.PReLU(),
    new nn.ELU(),
    new nn.GELU(),
    new nn.GELU({ approximate: 'tanh' }),
    new nn.SiLU(),
    new nn.Sigmoid(),
    new nn.Tanh(),
    new nn.Softplus(),
    new nn.Softmax(0),
    new nn.LogSoftmax(0),
  ]
  for (const layer of activations)
    test(`${layer.describe()} is finite, and so is its gradient`, () => {
      const x = tensor([-1000, 0, 1000], { requiresGrad: true })
      const y = layer.forward(x)
      y.sum().backward()
      for (const t of [y, x.grad ?? zeros([])])
        expect(t.abs().lt(Infinity).all().item()).toBe(1)
    })
})

test('all layers say on one line what they are', () => {
  const layers: nn.Module[] = [
    new nn.Linear(784, 256),
    new nn.Linear(3, 2, { bias: false }),
    new nn.Bilinear(3, 2, 4),
    new nn.Embedding(10, 3),
    new nn.Embedding(10, 3, { paddingIdx: 0 }),
    new nn.Dropout(0.2),
    new nn.LayerNorm(4),
    new nn.RMSNorm([3, 4], { elementwiseAffine: false }),
    new nn.MultiheadAttention(8, 2),
    new nn.RNN(3, 4),
    new nn.LSTM(3, 4, { numLayers: 2, bidirectional: true }),
    new nn.GRU(3, 4),
    new nn.Flatten(),
    new nn.Unflatten(1, [2, 3]),
    new nn.Identity(),
    new nn.ReLU(),
    new nn.LeakyReLU(),
    new nn.PReLU({ numParameters: 3 }),
    new nn.ELU(),
    new nn.GELU(),
    new nn.Softplus(),
    new nn.Softmax(-1),
  ]
  expect(layers.map((layer) => layer.describe())).toEqual([
    'Linear 784 → 256',
    'Linear 3 → 2, no bias',
    'Bilinear 3, 2 → 4',
    'Embedding 10 × 3',
    'Embedding 10 × 3, paddingIdx=0',
    'Dropout p=0.2',
    'LayerNorm [4]',
    'RMSNorm [3, 4], no weight',
    'MultiheadAttention 8, 2 heads',
    'RNN 3 → 4',
    'LSTM 3 → 4, 2 layers, both directions',
    'GRU 3 → 4',
    'Flatten 1 … -1',
    'Unflatten 1 → [2, 3]',
    'Identity',
    'ReLU',
    'LeakyReLU negativeSlope=0.01',
    'PReLU numParameters=3',
    'ELU alpha=1',
    'GELU',
    'Softplus beta=1, threshold=20',
    'Softmax dim=-1',
  ])
})

describe('what does not fit a layer is refused, naming both sizes and the place:', () => {
  const inside = (layer: nn.Layer) => {
    return new nn.Sequential({ encoder: new nn.Sequential({ fc1: layer }) })
  }
  const refusals: [what: string, layer: nn.Layer, x: Tensor, message: string][] = [
    [
      'Linear',
      new nn.Linear(784, 256),
      zeros([32, 100]),
      'matmul: cannot multiply [32, 100] by [784, 256]: the inner sizes differ ' +
        '(100 vs 784)\n  in encoder.fc1 (Linear 784 → 256)',
    ],
    [
      'LayerNorm',
      new nn.LayerNorm(4),
      zeros([2, 5]),
      'layerNorm: the last axis of [2, 5] must be [4], not [5]\n' +
        '  in encoder.fc1 (LayerNorm [4])',
    ],
    [
      'RMSNorm over two axes',
      new nn.RMSNorm([3, 4]),
      zeros([4]),
      'rmsNorm: the last 2 axes of [4] must be [3, 4], not [4]\n' +
        '  in encoder.fc1 (RMSNorm [3, 4])',
    ],
    [
      'an Embedding of what is no index',
      new nn.Embedding(10, 3),
      zeros([2]),
      "embedding: indices must be int32, not float32: make them with { dtype: 'int32' }" +
        ", or convert them by .to('int32')\n  in encoder.fc1 (Embedding 10 × 3)",
    ],
    [
      'an Embedding of an index that is too large',
      new nn.Embedding(10, 3),
      index(3, 10),
      'embedding: index 10 at place 1 is outside 0…9: the table has 10 rows\n' +
        '  in encoder.fc1 (Embedding 10 × 3)',
    ],
    [
      'an Embedding of a negative index',
      new nn.Embedding(10, 3, { paddingIdx: 0 }),
      index(-1),
      'embedding: index -1 at place 0 is outside 0…9: the table has 10 rows\n' +
        '  in encoder.fc1 (Embedding 10 × 3, paddingIdx=0)',
    ],
    [
      'PReLU',
      new nn.PReLU({ numParameters: 3 }),
      zeros([2, 5]),
      'prelu: 3 slopes for 5 channels: [2, 5] has its channels on axis 1\n' +
        '  in encoder.fc1 (PReLU numParameters=3)',
    ],
    [
      'Unflatten',
      new nn.Unflatten(1, [2, 3]),
      zeros([2, 5]),
      'unflatten: cannot split axis 1 of size 5 into [2, 3]\n' +
        '  in encoder.fc1 (Unflatten 1 → [2, 3])',
    ],
    [
      'Softmax',
      new nn.Softmax(2),
      zeros([2, 5]),
      'softmax: there is no axis 2 in 2 dimensions: use -2 to 1\n' +
        '  in encoder.fc1 (Softmax dim=2)',
    ],
  ]
  for (const [what, layer, x, message] of refusals)
    test(what, () => expect(() => inside(layer).forward(x)).toThrow(message))

  test('Bilinear', () => {
    const message =
      'bilinear: [5, 3] and [4, 2] do not fit a weight of [4, 3, 2]: they must be ' +
      '[..., 3] and [..., 2], and alike before that\n  in Bilinear 3, 2 → 4'
    expect(() => new nn.Bilinear(3, 2, 4).forward(ones([5, 3]), ones([4, 2]))).toThrow(
      message,
    )
  })

  test('a table that is no matrix', () => {
    expect(() => nn.functional.embedding(index(0), zeros([3]))).toThrow(
      'embedding: the weight must be [rows, width], not [3]',
    )
  })

  test('a padding row that is not there', () => {
    expect(() => new nn.Embedding(10, 3, { paddingIdx: 10 })).toThrow(
      'Embedding: paddingIdx 10 names none of 10 rows: use 0 to 9',
    )
  })
})

test('a linear layer asks for two sizes', () => {
  expect(() => new nn.Linear(-1, 2)).toThrow(
    'Linear: inFeatures is -1: it must be a whole number ≥ 0',
  )
  const Untyped = nn.Linear as unknown as new (size: number) => nn.Linear
  expect(() => new Untyped(3)).toThrow(
    'Linear: outFeatures is undefined: it must be a whole number ≥ 0',
  )
})
