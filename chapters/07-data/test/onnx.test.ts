import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { LeNet5 } from '../../05-conv/examples/models/lenet5.ts'
import { ResNet } from '../../05-conv/examples/models/resnet.ts'
import { halfCpu } from '../../06-gpu/test/float16/half-cpu.ts'
import { translate } from '../src/files/onnx/translation.ts'
import {
  cpu,
  type Device,
  data,
  defineOp,
  full,
  manualSeed,
  nn,
  noGrad,
  ones,
  rand,
  randint,
  randn,
  Tensor,
  tensor,
  zeros,
} from '../src/index.ts'
import { bytesOf, network } from './network.ts'
import { Computed, expectSame, runOnnx } from './onnx-runtime.ts'
import { readOnnx } from './read-protobuf.ts'

const { exportOnnx, load, serializeOnnx } = data
const F = nn.functional

type Model = nn.Model

/** The tensors that a model gives in evaluation mode. */
function outputsOf(model: Model, inputs: readonly Tensor[]): Tensor[] {
  const output: unknown = noGrad(() =>
    Reflect.apply(model.eval().forward, model, inputs),
  )
  return [output].flat(9).filter((x) => x !== null) as Tensor[]
}

/** Exports a model by an example, runs it in ONNX Runtime on others, and compares. */
async function check(model: Model, ...examples: (readonly Tensor[])[]) {
  const bytes = await serializeOnnx(model, examples[0])
  const outcome = await runOnnx(bytes, ...examples)
  for (const [n, inputs] of examples.entries()) {
    const wanted = outputsOf(model, inputs)
    expect(outcome.results[n].length).toBe(wanted.length)
    for (const [k, x] of wanted.entries()) {
      expectSame(outcome.results[n][k], x, `output ${k} of example ${n}`)
    }
  }
  return { ...outcome, ...readOnnx(bytes) }
}

/** Gives all weights and statistics other numbers than they start with. */
function shaken<Kind extends Model>(model: Kind): Kind {
  noGrad(() => {
    for (const x of [...model.parameters(), ...model.buffers()]) {
      if (x.dtype === 'float32') x.copy_(rand(x.shape).add(0.5))
    }
  })
  return model
}

const image = (batch: number) => randn([batch, 2, 8, 9])
const line = (batch: number) => randn([batch, 2, 10])

describe('a layer is a node of its own, for batches of any size:', () => {
  const same = { padding: 'same', dilation: [2, 1] } as const
  const uneven = { stride: [2, 1], padding: [1, 0], bias: false }
  const layers: [string, Model, (batch: number) => Tensor, string[]][] = [
    ['Linear', new nn.Linear(3, 4), (n) => randn([n, 3]), ['Gemm']],
    [
      'Linear without bias',
      new nn.Linear(3, 4, { bias: false }),
      (n) => randn([n, 3]),
      ['Gemm'],
    ],
    ['Conv1d', new nn.Conv1d(2, 4, 3, { padding: 1, groups: 2 }), line, ['Conv']],
    ['Conv2d', new nn.Conv2d(2, 4, [3, 2], uneven), image, ['Conv']],
    ['Conv2d, same', new nn.Conv2d(2, 3, 4, same), image, ['Conv']],
    ['Conv2d, valid', new nn.Conv2d(2, 3, 4, { padding: 'valid' }), image, ['Conv']],
    ['Conv3d', new nn.Conv3d(1, 2, 2), (n) => randn([n, 1, 3, 4, 5]), ['Conv']],
    [
      'ConvTranspose1d',
      new nn.ConvTranspose1d(2, 3, 3, { stride: 2 }),
      line,
      ['ConvTranspose'],
    ],
    [
      'ConvTranspose2d',
      new nn.ConvTranspose2d(2, 4, 3, {
        stride: 2,
        padding: 1,
        outputPadding: 1,
        groups: 2,
      }),
      image,
      ['ConvTranspose'],
    ],
    [
      'BatchNorm1d',
      new nn.BatchNorm1d(3),
      (n) => randn([n, 3]),
      ['BatchNormalization'],
    ],
    ['BatchNorm2d', new nn.BatchNorm2d(2, { eps: 0.1 }), image, ['BatchNormalization']],
    [
      'BatchNorm2d without weights',
      new nn.BatchNorm2d(2, { affine: false }),
      image,
      ['BatchNormalization'],
    ],
    ['MaxPool1d', new nn.MaxPool1d(3, { stride: 2 }), line, ['MaxPool']],
    [
      'MaxPool2d',
      new nn.MaxPool2d([2, 3], { padding: [0, 1], dilation: 2 }),
      image,
      ['MaxPool'],
    ],
    ['AvgPool1d', new nn.AvgPool1d(3, { padding: 1 }), line, ['AveragePool']],
    [
      'AvgPool2d',
      new nn.AvgPool2d(3, { padding: 1, countIncludePad: false }),
      image,
      ['AveragePool'],
    ],
    [
      'AdaptiveAvgPool2d to 1',
      new nn.AdaptiveAvgPool2d(1),
      image,
      ['GlobalAveragePool'],
    ],
    ['LayerNorm', new nn.LayerNorm([8, 9]), image, ['LayerNormalization']],
    [
      'LayerNorm without weights',
      new nn.LayerNorm(9, { elementwiseAffine: false, eps: 0.1 }),
      image,
      ['LayerNormalization'],
    ],
    ['Embedding', new nn.Embedding(5, 3), (n) => randint(5, [n, 4]), ['Gather']],
    ['Flatten', new nn.Flatten(), image, ['Flatten']],
    ['ReLU', new nn.ReLU(), image, ['Relu']],
    ['LeakyReLU', new nn.LeakyReLU({ negativeSlope: 0.3 }), image, ['LeakyRelu']],
    ['PReLU', new nn.PReLU({ numParameters: 2 }), image, ['Reshape', 'PRelu']],
    ['ELU', new nn.ELU({ alpha: 0.7 }), image, ['Elu']],
    ['Sigmoid', new nn.Sigmoid(), image, ['Sigmoid']],
    ['Tanh', new nn.Tanh(), image, ['Tanh']],
    ['Softmax', new nn.Softmax(1), image, ['Softmax']],
    ['LogSoftmax', new nn.LogSoftmax(-1), image, ['LogSoftmax']],
  ]

  test.each(layers)('%s', async (_, model, make, kinds) => {
    const found = await check(shaken(model), [make(1)], [make(1)], [make(3)])
    expect(found.kinds).toEqual(kinds)
    expect(found.inputShapes[0][0]).toBe('batch')
    expect(found.outputShapes[0][0]).toBe('batch')
  })
})

describe('what is no node of its own is several:', () => {
  const layers: [string, Model, (batch: number) => Tensor][] = [
    ['Linear of many axes', new nn.Linear(9, 4), image],
    [
      'MaxPool2d that reaches over the end',
      new nn.MaxPool2d(3, { ceilMode: true }),
      image,
    ],
    ['MaxPool2d with indices', new nn.MaxPool2d(2, { returnIndices: true }), image],
    [
      'AvgPool2d that reaches over the end',
      new nn.AvgPool2d(3, { ceilMode: true }),
      image,
    ],
    ['AvgPool2d with a divisor', new nn.AvgPool2d(2, { divisorOverride: 3 }), image],
    ['AdaptiveAvgPool2d', new nn.AdaptiveAvgPool2d([3, null]), image],
    ['AdaptiveMaxPool2d', new nn.AdaptiveMaxPool2d(3), image],
    ['GroupNorm', new nn.GroupNorm(2, 2), image],
    ['InstanceNorm2d', new nn.InstanceNorm2d(2), image],
    ['BatchNorm2d without statistics', batchStatistics(), image],
    ['RMSNorm', new nn.RMSNorm(9), image],
    ['GELU', new nn.GELU(), image],
    ['GELU by tanh', new nn.GELU({ approximate: 'tanh' }), image],
    ['SiLU', new nn.SiLU(), image],
    ['Softplus', new nn.Softplus({ beta: 2, threshold: 1 }), image],
    ['Upsample', new nn.Upsample({ scaleFactor: 2 }), image],
    ['Upsample, bilinear', new nn.Upsample({ size: [5, 12], mode: 'bilinear' }), image],
    ['PixelShuffle', new nn.PixelShuffle(2), (n) => randn([n, 4, 3, 3])],
    ['Unfold', new nn.Unfold(2), image],
    ['Bilinear', bilinear(), (n) => randn([n, 3])],
    ['GRU', new nn.GRU(3, 4, { batchFirst: true }), (n) => randn([n, 5, 3])],
    [
      'LSTM',
      new nn.LSTM(3, 4, { batchFirst: true, bidirectional: true }),
      (n) => randn([n, 5, 3]),
    ],
    ['MultiheadAttention', attention(), (n) => randn([n, 5, 8])],
  ]

  test.each(layers)('%s', async (_, model, make) => {
    await check(shaken(model), [make(2)], [make(2)])
  })

  function batchStatistics() {
    return new nn.BatchNorm2d(2, { trackRunningStats: false })
  }

  function bilinear(): Model {
    const layer = new nn.Bilinear(3, 3, 2)
    return new Computed((x) => layer.forward(x, x.neg()))
  }

  function attention(): Model {
    const layer = new nn.MultiheadAttention(8, 2, { batchFirst: true })
    return new Computed((x) => layer.forward(x, x, x))
  }
})

/** One that has to do in several steps what the cpu has a kernel of its own for. */
function deviceOfFewKernels(): Device {
  const {
    conv,
    convInputGradient,
    convWeightGradient,
    maxPool,
    batchNorm,
    ...kernels
  } = cpu.kernels
  return { ...cpu, name: 'few', kernels }
}

describe.each([
  ['the cpu', cpu],
  ['a device of few kernels', deviceOfFewKernels()],
])('a function of nn.functional may stand for a layer, on %s:', (_, device) => {
  const weight = randn([4, 2, 3, 3], { device })
  const [mean, variance, bias] = [0.3, 2, 0.1].map((value) =>
    full([2], value, { device }),
  )
  const turned = weight.transpose(0, 1)
  const functions: [string, (x: Tensor) => unknown][] = [
    [
      'conv2d',
      (x) => F.conv2d(x, weight, full([4], 1, { device }), { stride: 2, padding: 1 }),
    ],
    [
      'conv2d, in groups',
      (x) => F.conv2d(x, weight.narrow(1, 0, 1), null, { groups: 2 }),
    ],
    [
      'convTranspose2d',
      (x) =>
        F.convTranspose2d(x, turned, null, { stride: 3, outputPadding: 2, padding: 1 }),
    ],
    ['maxPool2d', (x) => F.maxPool2d(x, 2)],
    [
      'maxPool2d with places',
      (x) => F.maxPool2d(x, 3, { stride: 2, returnIndices: true }),
    ],
    ['maxPool2d of single samples', (x) => F.maxPool2d(x.flatten(0, 1), 2).sum()],
    ['avgPool2d', (x) => F.avgPool2d(x, [3, 2], { padding: 1 })],
    ['batchNorm', (x) => F.batchNorm(x, mean, variance, variance, bias)],
    ['instanceNorm', (x) => F.instanceNorm(x, null, null, variance, bias)],
    ['relu and flatten', (x) => F.relu(x).flatten(1)],
  ]

  test.each(functions)('%s', async (_, fn) => {
    const [one, three] = [1, 3].map((count) => image(count).to(device))
    const found = await check(new Computed(fn), [one], [three])
    expect(found.inputShapes[0][0]).toBe('batch')
  })

  test('batchNorm by the batch itself, whose size stays what it was', async () => {
    const x = image(2).to(device)
    await check(
      new Computed((x) =>
        F.batchNorm(x, null, null, variance, bias, { training: true }),
      ),
      [x],
    )
  })
})

describe('numbers at their edges are the same:', () => {
  const whole = tensor([7, -7, 4, -4, 0], { dtype: 'int32' })
  const halves = [5, -5, 4, -4, 0, 2.5, -2.5, 3.5, -0.5]
  const floats = tensor([...halves, 1e30, Infinity, -Infinity])
  const edges: [string, (x: Tensor) => unknown, Tensor][] = [
    [
      'remainders',
      (x) => [x.remainder(2), x.remainder(-2), x.remainder(1e9)],
      floats.at([0, 9]),
    ],
    ['remainders of whole numbers', (x) => [x.remainder(4), x.remainder(-4)], whole],
    ['rounding', (x) => [x.round(), x.floor(), x.ceil(), x.trunc(), x.sign()], floats],
    [
      'rounding of whole numbers',
      (x) => [x.round(), x.trunc(), x.abs(), x.neg()],
      whole,
    ],
    [
      'quotients of whole numbers',
      (x) => [x.div(2), x.div(tensor([2, 2, 2, 2, 2]))],
      whole,
    ],
    [
      'bounds',
      (x) => [x.clamp(-1, 3), x.clamp(null, 3), x.clamp(-1), x.relu()],
      floats,
    ],
    [
      'logarithms and powers',
      (x) => [x.log1p(), x.expm1(), x.pow(3), x.abs().rsqrt()],
      floats,
    ],
    [
      'whole numbers beside fractions',
      (x) => [x.add(0.5), x.mul(2), x.lt(0.5), x.eq(4)],
      whole,
    ],
    [
      'truths',
      (x) => [x.gt(0).mul(x.lt(5)), x.gt(0).add(x.lt(-4)), x.eq(0).sum()],
      floats,
    ],
    ['truths in order', (x) => [x.gt(0).lt(x.lt(5)), x.gt(0).maximum(x.lt(5))], floats],
    ['choices', (x) => [x.where(x.gt(0), 0), x.gt(0).where(x.lt(5), x.eq(0))], floats],
    ['what is no number', (x) => [x.log().isnan(), x.gt(0).logicalNot()], floats],
  ]

  test.each(edges)('%s', async (_, fn, x) => {
    await check(new Computed(fn), [x])
  })
})

describe('a whole model', () => {
  test('that PyTorch trained', async () => {
    const model = network()
    model.loadStateDict(await load(bytesOf('network.safetensors')))
    const picture = (n: number) => randn([n, 1, 8, 8])
    const found = await check(model, [picture(1)], [picture(5)])
    expect(found.kinds).toEqual([
      'Conv',
      'BatchNormalization',
      'Relu',
      'MaxPool',
      'Conv',
      'BatchNormalization',
      'Relu',
      'Flatten',
      'Gemm',
    ])
    expect(found.names[0]).toBe('0/Conv')
    expect(found.constants.sort()).toEqual(
      Object.keys(model.stateDict())
        .filter((key) => !key.endsWith('num_batches_tracked'))
        .sort(),
    )
  })

  test('whose forward joins branches', async () => {
    const model = shaken(new ResNet(3, [4, 3], 3))
    const found = await check(model, [randn([2, 3, 8, 8])], [randn([1, 3, 8, 8])])
    expect(found.kinds.filter((kind) => kind === 'Add').length).toBe(2)
    expect(found.kinds.filter((kind) => kind === 'Conv').length).toBe(6)
    expect(found.names).toContain('layer2.0.downsample.0/Conv')
  })

  test('of convolutions and means', async () => {
    await check(new LeNet5(), [randn([1, 1, 28, 28])], [randn([3, 1, 28, 28])])
  })

  test('of words, with attention', async () => {
    const found = await check(
      new Transformer(),
      [randint(11, [2, 6])],
      [randint(11, [4, 6])],
    )
    expect(found.inputShapes[0]).toEqual(['batch', 6])
  })

  test('of several inputs and outputs, under names of your choice', async () => {
    const model = new Computed((x, mask) => {
      return [x.where(mask, 0), [x.sum(1), mask], x]
    })
    const inputs = [
      randn([2, 3]),
      tensor([
        [true, false, true],
        [false, false, true],
      ]),
    ]
    const found = await check(model, inputs)
    expect(found.inputNames).toEqual(['input_0', 'input_1'])
    expect(found.outputNames).toEqual(['output_0', 'output_1', 'output_2', 'output_3'])
    const names = { inputNames: ['x', 'mask'], outputNames: ['a', 'b', 'c', 'd'] }
    const bytes = await serializeOnnx(model, inputs, names)
    const named = await runOnnx(bytes, inputs)
    const key = { inputNames: ['weight'], outputNames: ['bias'] }
    const linear = new nn.Linear(3, 3)
    const unlucky = await runOnnx(await serializeOnnx(linear, ones([1, 3]), key), [
      ones([1, 3]),
    ])
    expectSame(unlucky.results[0][0], linear.forward(ones([1, 3])), 'names of weights')
    expect([named.inputNames, named.outputNames]).toEqual([
      ['x', 'mask'],
      ['a', 'b', 'c', 'd'],
    ])
  })
})

/** A block of a transformer over words (Vaswani et al. 2017), which attends to the past. */
class Transformer extends nn.Module {
  words = new nn.Embedding(11, 8)
  places = new nn.Parameter(randn([6, 8]))
  attention = new nn.MultiheadAttention(8, 2, { batchFirst: true })
  norms = [new nn.LayerNorm(8), new nn.LayerNorm(8)]
  feed = new nn.Sequential(
    new nn.Linear(8, 16),
    new nn.GELU(),
    new nn.Dropout(0.5),
    new nn.Linear(16, 8),
  )
  out = new nn.Linear(8, 11)

  forward(x: Tensor): Tensor {
    const known = this.words.forward(x).add(this.places)
    const normed = this.norms[0].forward(known)
    const mask = ones([6, 6]).triu(1).gt(0)
    const [seen] = this.attention.forward(normed, normed, normed, {
      attnMask: mask,
      needWeights: false,
    })
    const y = known.add(seen)
    return this.out.forward(y.add(this.feed.forward(this.norms[1].forward(y))))
  }
}

describe('the size of the batch', () => {
  test('stays what it was where the model depends on it', async () => {
    const centered = new Computed((x) => x.sub(x.mean(0)))
    const found = await check(centered, [randn([3, 2])])
    expect(found.inputShapes[0]).toEqual([3, 2])
  })

  test('stays what it was where a larger batch is refused, or does something else', async () => {
    const picky = new Computed((x) => x.reshape([2, 3]))
    expect((await check(picky, [randn([6])])).inputShapes[0]).toEqual([6])
    const steps = new Computed(sumOfRows)
    expect((await check(steps, [randn([3, 2])])).inputShapes[0]).toEqual([3, 2])
    // What is done to a larger batch has no rule, and is not asked for.
    const square = defineOp({ name: 'square', forward: (x) => x.mul(x) })
    const picking = new Computed((x) => (x.shape[0] > 2 ? square(x) : x.exp()))
    expect((await check(picking, [randn([2])])).inputShapes[0]).toEqual([2])
  })

  function sumOfRows(x: Tensor): Tensor {
    let sum = zeros([2])
    for (let row = 0; row < x.shape[0]; row++) sum = sum.add(x.select(0, row))
    return sum
  }

  test('is found where axes change places', async () => {
    const turned = new Computed((x) => x.t().reshape([3, -1]).exp().flatten())
    const found = await check(turned, [randn([2, 3])], [randn([5, 3])])
    expect(found.inputShapes[0]).toEqual(['batch', 3])
    expect(found.outputShapes[0]).toEqual(['output_size_0'])
  })
})

describe('the model that is exported', () => {
  test('is as it was afterwards, and dropped nothing', async () => {
    const model = new nn.Sequential(
      new nn.Linear(3, 3),
      new nn.Dropout(0.9),
      new nn.BatchNorm1d(3),
    )
    model.train()
    model.at(2).eval()
    const before = JSON.stringify(
      Object.values(model.stateDict()).map((x) => x.toArray()),
    )
    manualSeed(1)
    const bytes = await serializeOnnx(model, randn([2, 3]))
    expect(readOnnx(bytes).kinds).toEqual(['Gemm', 'BatchNormalization'])
    expect(model.modules().map(({ training }) => training)).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(
      JSON.stringify(Object.values(model.stateDict()).map((x) => x.toArray())),
    ).toBe(before)
    let heard = 0
    model.registerForwardHook(() => void heard++)
    model.forward(randn([2, 3]))
    expect(heard).toBe(1)
  })

  test('is as it was after a failure, too', async () => {
    const model = new nn.Sequential(new nn.Linear(3, 3), new nn.Dropout(0.9))
    await expect(serializeOnnx(model, randn([2, 4]))).rejects.toThrow(
      'inner sizes differ',
    )
    expect(model.training).toBe(true)
  })

  test('goes to a file, which is replaced whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deepdive-onnx-'))
    const path = join(folder, 'model.onnx')
    const model = new nn.Linear(3, 1)
    await exportOnnx(model, zeros([1, 3]), path)
    expect(new Uint8Array(await readFile(path))).toEqual(
      await serializeOnnx(model, zeros([1, 3])),
    )
    await rm(folder, { recursive: true })
  })

  test('may have hooks that change what goes in and out of a layer', async () => {
    const model = new nn.Sequential(new nn.Conv2d(2, 3, 3))
    model.at(0).registerForwardPreHook((_, [x]) => (x instanceof Tensor ? x.exp() : x))
    model.at(0).registerForwardHook((_, __, y) => (y instanceof Tensor ? y.mul(2) : y))
    const found = await check(model, [image(1)], [image(2)])
    expect(found.kinds).toEqual(['Exp', 'Conv', 'Mul'])
  })

  test('may share weights, and use them twice', async () => {
    const shared = new nn.Linear(3, 3)
    const found = await check(new nn.Sequential(shared, new nn.Tanh(), shared), [
      randn([2, 3]),
    ])
    expect(found.kinds).toEqual(['Gemm', 'Tanh', 'Gemm'])
    expect(found.constants).toEqual(['0.weight', '0.bias'])
  })

  test('has no nodes that nothing needs', async () => {
    const found = await check(
      new Computed((x) => {
        x.exp().sum()
        return x.sin()
      }),
      [randn([2])],
    )
    expect([found.kinds, found.constants]).toEqual([['Sin'], []])
  })

  test('may pass on what it was given, detached or not, and constants', async () => {
    const model = new Computed((x) => {
      const twice = x.detach().mul(2)
      return [x, x, twice, twice, tensor([1, 2])]
    })
    const found = await check(model, [randn([2])])
    const copies = found.kinds.filter((kind) => kind === 'Identity')
    expect([found.kinds.length, copies.length]).toEqual([5, 4])
  })

  test('may extend a layer, and then does what its own forward does', async () => {
    class Doubled extends nn.Conv2d {
      override forward(x: Tensor): Tensor {
        return super.forward(x).mul(2)
      }
    }
    await check(new Doubled(2, 3, 3), [image(1)], [image(2)])
  })

  test('may take single samples', async () => {
    const model = new nn.Sequential(new nn.Conv2d(2, 3, 3), new nn.MaxPool2d(2))
    const found = await check(model, [randn([2, 8, 8])])
    expect(found.inputShapes[0]).toEqual([2, 8, 8])
  })
})

describe('what cannot be exported is named:', () => {
  const cube = defineOp({ name: 'cube', forward: (x) => x.mul(x).mul(x) })

  class Cubed extends nn.Module {
    forward(x: Tensor): Tensor {
      return cube(x)
    }
  }

  const failures: [string, Model, Tensor, string][] = [
    [
      'an operation of your own, and its layer',
      new nn.Sequential({ first: new nn.Tanh(), own: new Cubed() }),
      randn([2]),
      'ValueError: exportOnnx: cube cannot be exported: there is no rule that says it in ' +
        'ONNX\n  in own (Cubed)',
    ],
    [
      'how many elements a mask picks',
      new Computed((x) => x.at(x.gt(0))),
      ones([2]),
      'exportOnnx: at cannot',
    ],
    [
      'overwriting in place',
      new Computed((x) => {
        const y = x.mul(2)
        y.add_(1)
        return y.exp()
      }),
      ones([2]),
      'ValueError: exportOnnx: exp reads a tensor that was overwritten in place',
    ],
    [
      'overwriting what comes out',
      new Computed((x) => {
        const y = x.mul(2)
        y.select(0, 0).fill_(5)
        return y
      }),
      ones([2]),
      'ValueError: exportOnnx: forward gives a tensor that was overwritten in place',
    ],
    [
      'overwriting what goes in',
      new Computed((x) => x.add_(1).exp()),
      ones([2]),
      'ValueError: exportOnnx: exp reads a tensor that was overwritten in place',
    ],
    [
      'random numbers, in evaluation mode too',
      new Computed((x) => F.dropout(x)),
      ones([2]),
      'ValueError: exportOnnx: forward draws random numbers, of which the file would have',
    ],
    [
      'random numbers that hang on nothing',
      new Computed((x) => x.add(rand([2]))),
      ones([1, 2]),
      'ValueError: exportOnnx: forward draws random numbers, of which the file would have',
    ],
    [
      'an axis of what has none',
      new Computed((x) => x.sum().cumsum(0)),
      ones([2]),
      'ValueError: exportOnnx: cumsum of a single number, which has no axis, cannot be',
    ],
    [
      'a forward that gives no tensor',
      new Computed((x) => x.sum().item()),
      ones([2]),
      'ValueError: exportOnnx: forward gave the number 2: it must give a tensor, or a list',
    ],
    [
      'an empty example',
      new nn.ReLU(),
      zeros([0, 3]),
      'exportOnnx: input 0 of [0, 3] is empty',
    ],
    [
      'a model in float16',
      new nn.Linear(2, 1).to(halfCpu).to('float16'),
      ones([1, 2], { device: halfCpu, dtype: 'float16' }),
      'DTypeError: exportOnnx: the model computes in float16',
    ],
    [
      'a forward that one has to wait for',
      new Computed(async (x) => x),
      ones([2]),
      'ValueError: traceOperations: the function is asynchronous',
    ],
  ]

  test.each(failures)('%s', async (_, model, x, message) => {
    expect(await serializeOnnx(model, x).then(String, String)).toContain(message)
  })

  test('a tensor from inside a layer', () => {
    const [x, leaked] = [ones([1]), ones([1])]
    const run = { module: new nn.ReLU(), path: '', inputs: [x], parts: [], output: x }
    const recording = { inputs: [x], outputs: [leaked], run }
    const names = { inputs: ['x'], outputs: ['y'] }
    expect(message(() => translate(recording, new Map(), new Map(), names))).toBe(
      'ValueError: exportOnnx: a tensor that was made inside a layer is used outside of ' +
        'it: let the layer return it',
    )
  })

  test('and what makes no sense', async () => {
    const fails = (...args: unknown[]) =>
      Reflect.apply(serializeOnnx, undefined, args).then(String, String)
    const model = new nn.ReLU()
    expect(await fails({}, ones([1]))).toContain(
      'ValueError: exportOnnx: model is an object: it must be a model',
    )
    expect(await fails(model, ones([1]), ['x'])).toContain(
      'ValueError: exportOnnx: options are a list: they must be an object',
    )
    expect(await fails(model, [[1]])).toContain(
      'exportOnnx: input 0 is a list, no tensor',
    )
    expect(await fails(model, ones([1]), { inputNames: ['a', 'b'] })).toContain(
      'ValueError: exportOnnx: inputNames are a, b: they must be 1 different names',
    )
    expect(await fails(model, ones([1]), { outputNames: ['input'] })).toContain(
      "ValueError: exportOnnx: 'input' is the name of an input and an output",
    )
    expect(await fails(model, ones([1]), { outputNames: [] })).toContain(
      'outputNames are :',
    )
    expect(await fails(model, ones([1]), { inputNames: [''] })).toContain(
      'inputNames are : they must be 1 different names',
    )
    const constant = new Computed(() => ones([1]))
    expect(await fails(constant, [])).toBe(
      'ValueError: exportOnnx: there are no inputs: give one example of each',
    )
  })
})
