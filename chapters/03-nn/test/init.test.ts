import { eye, randn, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { Generator, manualSeed } from '@deepdive/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import { init, Linear, Parameter } from '../src/index.ts'

beforeEach(() => manualSeed(1))

const share = (condition: Tensor) => condition.to('float32').mean().item()

describe('filling', () => {
  test('uniform_ fills all of its range evenly, without its end', () => {
    const x = init.uniform_(zeros([100_000]), 2, 6)
    expect(x.ge(2).all().item()).toBe(1)
    expect(x.lt(6).all().item()).toBe(1)
    for (const quarter of [3, 4, 5])
      expect(share(x.lt(quarter))).toBeCloseTo((quarter - 2) / 4, 2)
  })

  test('normal_ has its mean, its deviation, and the bell between', () => {
    const x = init.normal_(zeros([100_000]), 5, 2)
    expect(x.mean().item()).toBeCloseTo(5, 1)
    expect(x.std().item()).toBeCloseTo(2, 1)
    expect(share(x.sub(5).abs().lt(2))).toBeCloseTo(0.6827, 2)
    expect(share(x.sub(5).abs().lt(4))).toBeCloseTo(0.9545, 2)
  })

  test('constants fill parameters as well, and no graph remembers it', () => {
    const weight = new Parameter(zeros([2, 2]))
    expect(init.ones_(weight)).toBe(weight)
    expect(weight.isLeaf && weight.requiresGrad).toBe(true)
    expect(weight.toArray()).toEqual([
      [1, 1],
      [1, 1],
    ])
    expect(init.zeros_(weight).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  test('a seed, or a generator, makes the same numbers again', () => {
    const draw = () => init.kaimingNormal_(zeros([3, 4])).toArray()
    const first = draw()
    expect(draw()).not.toEqual(first)
    manualSeed(1)
    expect(draw()).toEqual(first)
    const given = () => {
      return init.orthogonal_(zeros([3, 4]), { generator: new Generator(2) }).toArray()
    }
    expect(given()).toEqual(given())
  })
})

describe('variance', () => {
  const std = (x: Tensor) => x.std().item()

  test('xavier’s is 2 / (fan-in + fan-out), or 1 / fan-in, times the gain squared', () => {
    for (const fill of [init.xavierUniform_, init.xavierNormal_]) {
      expect(std(fill(zeros([100, 300])))).toBeCloseTo(Math.sqrt(2 / 400), 3)
      expect(std(fill(zeros([100, 300]), { mode: 'fanIn' }))).toBeCloseTo(
        Math.sqrt(1 / 300),
        3,
      )
      expect(std(fill(zeros([100, 300]), { gain: 3 }))).toBeCloseTo(
        3 * Math.sqrt(2 / 400),
        2,
      )
    }
  })

  test('with 1 / fan-in, numbers keep their spread through ten linear layers', () => {
    const spread = (std: number) => {
      let x = randn([50, 200])
      for (let layer = 0; layer < 10; layer++) {
        const weight = zeros([200, 200])
        if (std > 0) init.normal_(weight, 0, std)
        else init.xavierNormal_(weight, { mode: 'fanIn' })
        x = x.matmul(weight.t())
      }
      return x.std().item()
    }
    expect(spread(0)).toBeGreaterThan(0.7)
    expect(spread(0)).toBeLessThan(1.4)
    expect(spread(0.01)).toBeLessThan(1e-6)
    expect(spread(1)).toBeGreaterThan(1e10)
  })

  test('kaiming’s makes up for what relu takes', () => {
    let x = randn([50, 200])
    for (let layer = 0; layer < 10; layer++) {
      const weight = init.kaimingNormal_(zeros([200, 200]), { nonlinearity: 'relu' })
      x = x.matmul(weight.t()).relu()
    }
    expect(x.square().mean().item()).toBeGreaterThan(0.4)
    expect(x.square().mean().item()).toBeLessThan(2.5)
  })
})

describe('orthogonal_', () => {
  const isIdentity = (x: Tensor) => {
    expect(
      x
        .sub(eye(x.size(0)))
        .abs()
        .amax()
        .item(),
    ).toBeLessThan(1e-6)
  }

  test('makes QᵀQ = I where Q is square', () => {
    const q = init.orthogonal_(zeros([50, 50]))
    isIdentity(q.t().matmul(q))
    isIdentity(q.matmul(q.t()))
  })

  test('makes rows orthonormal where there are fewer, columns otherwise', () => {
    const wide = init.orthogonal_(zeros([3, 7]))
    isIdentity(wide.matmul(wide.t()))
    const tall = init.orthogonal_(zeros([7, 3]))
    isIdentity(tall.t().matmul(tall))
    const kernels = init.orthogonal_(zeros([4, 3, 2, 2])).flatten(1)
    isIdentity(kernels.matmul(kernels.t()))
  })

  test('keeps lengths, times the gain', () => {
    const q = init.orthogonal_(zeros([20, 20]), { gain: 2 })
    const x = randn([20])
    expect(q.matmul(x).norm().item()).toBeCloseTo(2 * x.norm().item(), 4)
  })

  test('turns in all directions alike', () => {
    const corners = Array.from({ length: 400 }, () => {
      return init.orthogonal_(zeros([3, 3])).toTypedArray()
    })
    for (let place = 0; place < 9; place++) {
      const mean = corners.reduce((sum, q) => sum + q[place], 0) / corners.length
      expect(Math.abs(mean)).toBeLessThan(0.1)
    }
  })

  test('has nothing to do where there is nothing', () => {
    expect(init.orthogonal_(zeros([0, 3])).shape).toEqual([0, 3])
  })
})

test('a layer with no inputs starts with a bias of 0, not of NaN', () => {
  expect(new Linear(0, 2).bias?.toArray()).toEqual([0, 0])
})

describe('what cannot be filled is refused:', () => {
  const refusals: [what: string, run: () => unknown, message: string][] = [
    [
      'a bias has no fans',
      () => init.xavierUniform_(zeros([3])),
      'xavierUniform_: fan-in and fan-out need a weight of at least 2 axes, ' +
        '[out, in, …], not [3]',
    ],
    [
      'a vector is not orthogonal',
      () => init.orthogonal_(zeros([3])),
      'orthogonal_: needs a weight of at least 2 axes, not [3]',
    ],
    [
      'a range from above',
      () => init.uniform_(zeros([3]), 1, 0),
      'uniform_: there is no number from 1 to 0',
    ],
    [
      'a negative deviation',
      () => init.normal_(zeros([3]), 0, -1),
      'normal_: std is -1: it must be a finite number ≥ 0',
    ],
    [
      'whole numbers',
      () => init.normal_(tensor([1], { dtype: 'int32' })),
      'normal_: needs a float32 tensor to fill, not int32',
    ],
    [
      'an unknown nonlinearity',
      () => Reflect.apply(init.calculateGain, null, ['gelu']),
      "calculateGain: 'gelu' is none of linear, conv1d, conv2d, conv3d, sigmoid, tanh, " +
        'relu, leakyRelu, selu',
    ],
    [
      'an unknown fan',
      () => Reflect.apply(init.kaimingNormal_, null, [zeros([2, 2]), { mode: 'fan' }]),
      "kaimingNormal_: mode 'fan' is none of fanIn, fanOut, fanAverage",
    ],
  ]
  for (const [what, run, message] of refusals)
    test(what, () => expect(run).toThrow(message))
})
