import { randn, tensor, zeros } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import * as nn from '../src/index.ts'
import { functional as F, init } from '../src/index.ts'

/** Makes, or calls, what TypeScript would not let be; plain JavaScript would. */
const make = (kind: unknown, ...args: unknown[]): unknown => {
  if (typeof kind !== 'function') throw new Error('this is no class')
  return Reflect.construct(kind, args)
}
const call = (fn: unknown, ...args: unknown[]): unknown => {
  if (typeof fn !== 'function') throw new Error('this is no function')
  return Reflect.apply(fn, null, args)
}

const [x, y] = [zeros([2, 3]), zeros([2, 3])]
const index = tensor([0, 1], { dtype: 'int32' })

type Refusals = readonly [what: string, run: () => unknown, message: string][]

function refuses(refusals: Refusals): void {
  for (const [what, run, message] of refusals)
    test(what, () => expect(run).toThrow(message))
}

describe('a number that would make NaN in silence is refused:', () => {
  refuses([
    [
      'elu',
      () => F.elu(x, { alpha: NaN }),
      'elu: alpha is NaN: it must be a finite number',
    ],
    [
      'leakyRelu',
      () => F.leakyRelu(x, { negativeSlope: Infinity }),
      'leakyRelu: negativeSlope is Infinity: it must be a finite number',
    ],
    [
      'PReLU',
      () => new nn.PReLU({ init: NaN }),
      'PReLU: init is NaN: it must be a finite number',
    ],
    [
      'softplus',
      () => F.softplus(x, { beta: 0 }),
      'softplus: beta is 0: it must be a finite number other than 0',
    ],
    [
      'softplus',
      () => F.softplus(x, { beta: NaN }),
      'softplus: beta is NaN: it must be a finite number other than 0',
    ],
    [
      'layerNorm',
      () => F.layerNorm(x, [3], null, null, { eps: -1 }),
      'layerNorm: eps is -1: it must be a finite number ≥ 0',
    ],
    [
      'rmsNorm',
      () => F.rmsNorm(x, [3], null, { eps: NaN }),
      'rmsNorm: eps is NaN: it must be a finite number ≥ 0',
    ],
    [
      'LayerNorm',
      () => new nn.LayerNorm(3, { eps: NaN }),
      'LayerNorm: eps is NaN: it must be a finite number ≥ 0',
    ],
    [
      'RMSNorm',
      () => new nn.RMSNorm(3, { eps: -1 }),
      'RMSNorm: eps is -1: it must be a finite number ≥ 0',
    ],
    [
      'scaledDotProductAttention',
      () => F.scaledDotProductAttention(x, x, x, { scale: NaN }),
      'scaledDotProductAttention: scale is NaN: it must be a finite number',
    ],
    [
      'cosineEmbeddingLoss',
      () => F.cosineEmbeddingLoss(x, y, tensor([1, -1]), { margin: NaN }),
      'cosineEmbeddingLoss: margin is NaN: it must be a finite number',
    ],
    [
      'smoothL1Loss',
      () => F.smoothL1Loss(x, y, { beta: NaN }),
      'smoothL1Loss: beta is NaN: it must be a number of at least 0',
    ],
    [
      'huberLoss',
      () => F.huberLoss(x, y, { delta: NaN }),
      'huberLoss: delta is NaN: it must be a number above 0',
    ],
    [
      'uniform_',
      () => init.uniform_(zeros([2]), 0, Infinity),
      'uniform_: b is Infinity: it must be a finite number',
    ],
    [
      'normal_',
      () => init.normal_(zeros([2]), NaN),
      'normal_: mean is NaN: it must be a finite number',
    ],
    [
      'normal_, of its deviation',
      () => init.normal_(zeros([2]), 0, Infinity),
      'normal_: std is Infinity: it must be a finite number ≥ 0',
    ],
    [
      'xavierUniform_',
      () => init.xavierUniform_(zeros([2, 2]), { gain: -1 }),
      'xavierUniform_: gain is -1: it must be a finite number ≥ 0',
    ],
    [
      'kaimingNormal_',
      () => init.kaimingNormal_(zeros([2, 2]), { a: NaN }),
      'calculateGain: param is NaN: it must be a finite number',
    ],
    [
      'orthogonal_',
      () => init.orthogonal_(zeros([2, 2]), { gain: NaN }),
      'orthogonal_: gain is NaN: it must be a finite number',
    ],
  ])

  test('but not one that only PyTorch’s habits make strange', () => {
    const numbers = randn([2, 3])
    const all = { reduction: 'none' } as const
    const same = F.huberLoss(numbers, y, { ...all, delta: Infinity })
    expect(same.toArray()).toEqual(numbers.square().mul(0.5).toArray())
    expect(F.softplus(tensor([0]), { beta: -1 }).item()).toBeCloseTo(-Math.LN2, 6)
  })
})

describe('what is no number is refused, even if JavaScript would compare it:', () => {
  refuses([
    [
      'a probability',
      () => make(nn.Dropout, '0.5'),
      "Dropout: p is the string '0.5': it must be in [0, 1]",
    ],
    [
      'a share',
      () => call(F.crossEntropy, x, index, { labelSmoothing: '0.5' }),
      "crossEntropy: labelSmoothing is the string '0.5': it must be in [0, 1]",
    ],
    [
      'a size',
      () => make(nn.Linear, '2', 3),
      "Linear: inFeatures is the string '2': it must be a whole number ≥ 0",
    ],
  ])
})

describe('a word that is unknown is refused:', () => {
  const message = "approximate is 'foo': it must be 'none' or 'tanh'"
  refuses([
    ['by gelu', () => call(F.gelu, x, { approximate: 'foo' }), `gelu: ${message}`],
    ['by GELU', () => make(nn.GELU, { approximate: 'foo' }), `GELU: ${message}`],
  ])
})

describe('sizes of which no layer can be made are refused by its name:', () => {
  const whole = 'it must be a whole number ≥ 0'
  const count = 'it must be a whole number ≥ 1'
  refuses([
    ['Linear', () => new nn.Linear(2, -3), `Linear: outFeatures is -3: ${whole}`],
    [
      'Bilinear',
      () => new nn.Bilinear(2, -3, 1),
      `Bilinear: in2Features is -3: ${whole}`,
    ],
    [
      'Embedding',
      () => new nn.Embedding(-1, 3),
      `Embedding: numEmbeddings is -1: ${whole}`,
    ],
    [
      'Embedding',
      () => new nn.Embedding(1, 0.5),
      `Embedding: embeddingDim is 0.5: ${whole}`,
    ],
    [
      'LayerNorm',
      () => new nn.LayerNorm(-4),
      `LayerNorm: normalizedShape[0] is -4: ${whole}`,
    ],
    [
      'RMSNorm',
      () => new nn.RMSNorm([3, -4]),
      `RMSNorm: normalizedShape[1] is -4: ${whole}`,
    ],
    [
      'LayerNorm',
      () => make(nn.LayerNorm),
      `LayerNorm: normalizedShape[0] is undefined: ${whole}`,
    ],
    [
      'PReLU',
      () => new nn.PReLU({ numParameters: 0 }),
      `PReLU: numParameters is 0: ${count}`,
    ],
    [
      'MultiheadAttention, of half a head',
      () => new nn.MultiheadAttention(8, 0.5),
      `MultiheadAttention: numHeads is 0.5: ${count}`,
    ],
    [
      'MultiheadAttention, without width',
      () => new nn.MultiheadAttention(0, 2),
      `MultiheadAttention: embedDim is 0: ${count}`,
    ],
    [
      'MultiheadAttention, of a negative width',
      () => new nn.MultiheadAttention(-8, 2),
      `MultiheadAttention: embedDim is -8: ${count}`,
    ],
    [
      'MultiheadAttention, of keys without width',
      () => new nn.MultiheadAttention(8, 2, { kdim: 0 }),
      `MultiheadAttention: kdim is 0: ${count}`,
    ],
  ])
})

describe('options that PyTorch takes by their place are asked for by name:', () => {
  const kinds: [kind: unknown, args: unknown[], found: string][] = [
    [nn.Linear, [2, 3, false], 'the boolean false'],
    [nn.Bilinear, [2, 3, 4, false], 'the boolean false'],
    [nn.Embedding, [2, 3, 0], 'the number 0'],
    [nn.LayerNorm, [2, 1e-6], 'the number 0.000001'],
    [nn.RMSNorm, [2, 1e-6], 'the number 0.000001'],
    [nn.LSTM, [2, 3, 2], 'the number 2'],
    [nn.GRU, [2, 3, 2], 'the number 2'],
    [nn.RNN, [2, 3, 2], 'the number 2'],
    [nn.MultiheadAttention, [4, 2, 0.1], 'the number 0.1'],
    [nn.LeakyReLU, [0.1], 'the number 0.1'],
    [nn.PReLU, [3], 'the number 3'],
    [nn.ELU, [0.5], 'the number 0.5'],
    [nn.GELU, ['tanh'], "the string 'tanh'"],
    [nn.Softplus, [2], 'the number 2'],
    [nn.Flatten, [0], 'the number 0'],
    [nn.MSELoss, ['sum'], "the string 'sum'"],
    [nn.CrossEntropyLoss, [tensor([1, 2])], 'a Tensor'],
    [nn.KLDivLoss, ['sum'], "the string 'sum'"],
    [nn.SmoothL1Loss, [0.5], 'the number 0.5'],
    [nn.Linear, [2, 3, null], 'null'],
  ]
  for (const [kind, args, found] of kinds)
    test(`${typeof kind === 'function' ? kind.name : ''}, given ${found}`, () => {
      expect(() => make(kind, ...args)).toThrow(
        `: options are ${found}: they must be an object, as { name: value }`,
      )
    })
})

describe('a refusal names what was called:', () => {
  refuses([
    [
      'layerNorm of whole numbers',
      () => F.layerNorm(index, [2]),
      "layerNorm: needs float32, not int32: use .to('float32')",
    ],
    [
      'rmsNorm of whole numbers',
      () => F.rmsNorm(index, [2]),
      "rmsNorm: needs float32, not int32: use .to('float32')",
    ],
    [
      'a target of bools',
      () => F.binaryCrossEntropy(x, x.gt(0)),
      "binaryCrossEntropy: target is bool: use .to('float32')",
    ],
    [
      'a target of bools, for logits',
      () => F.binaryCrossEntropyWithLogits(x, x.gt(0)),
      "binaryCrossEntropyWithLogits: target is bool: use .to('float32')",
    ],
    [
      'a list to fill',
      () => call(init.zeros_, [1]),
      'zeros_: tensor is a list, not a tensor',
    ],
    [
      'a list to fill with random numbers',
      () => call(init.kaimingUniform_, [[1]]),
      'kaimingUniform_: tensor is a list, not a tensor',
    ],
    [
      'a list to make orthogonal',
      () => call(init.orthogonal_, [[1]]),
      'orthogonal_: tensor is a list, not a tensor',
    ],
    [
      'whole numbers to fill with ones',
      () => init.ones_(index),
      'ones_: needs a float32 tensor to fill, not int32',
    ],
    [
      'whole numbers to fill with Xavier’s',
      () => init.xavierNormal_(tensor([[1]], { dtype: 'int32' })),
      'xavierNormal_: needs a float32 tensor to fill, not int32',
    ],
    [
      'an unknown device',
      () => call(nn.Module.prototype.to.bind(new nn.ReLU()), 'gpu'),
      "to: the string 'gpu' is neither a device, such as cpu, nor 'float32'",
    ],
    [
      'no device',
      () => call(nn.Module.prototype.to.bind(new nn.ReLU()), undefined),
      "to: undefined is neither a device, such as cpu, nor 'float32'",
    ],
    [
      'an index that is no row',
      () => F.embedding(tensor([[0, 5]], { dtype: 'int32' }), x),
      'embedding: index 5 at place [0, 1] is outside 0…1: the table has 2 rows',
    ],
    [
      'a padding row that is not there',
      () => F.embedding(index, x, { paddingIdx: 2 }),
      'embedding: paddingIdx 2 names none of 2 rows: use 0 to 1',
    ],
    [
      'values of no width',
      () => F.scaledDotProductAttention(x, x, zeros([2])),
      'scaledDotProductAttention: query [2, 3], key [2, 3] and value [2] must be ' +
        '[..., L, E], [..., S, E] and [..., S, Ev]',
    ],
    [
      'queries and keys of different batches',
      () =>
        F.scaledDotProductAttention(
          zeros([2, 3, 4]),
          zeros([3, 3, 4]),
          zeros([3, 3, 4]),
        ),
      'scaledDotProductAttention: the batches of query [2, 3, 4], key [3, 3, 4] and ' +
        'value [3, 3, 4]: cannot broadcast [2] with [3]: axis -1 has 2 and 3',
    ],
    [
      'values of another batch',
      () =>
        F.scaledDotProductAttention(zeros([3, 4]), zeros([2, 3, 4]), zeros([5, 3, 4])),
      'scaledDotProductAttention: the batches of query [3, 4], key [2, 3, 4] and ' +
        'value [5, 3, 4]: cannot broadcast [2] with [5]: axis -1 has 2 and 5',
    ],
  ])

  test('but batches that stretch attend', () => {
    const one = zeros([1, 3, 4])
    const many = zeros([5, 3, 4])
    expect(F.scaledDotProductAttention(one, many, one).shape).toEqual([5, 3, 4])
    expect(F.scaledDotProductAttention(one, one, many).shape).toEqual([5, 3, 4])
  })
})

test('a slope of prelu learns nothing from what is infinitely positive', () => {
  const slope = tensor([0.5], { requiresGrad: true })
  F.prelu(tensor([Infinity, 2, -3]), slope).backward(tensor([1, 1, 1]))
  expect(slope.grad?.toArray()).toEqual([-3])
})
