import { gradcheck, ones, randint, Tensor, tensor, zeros } from '@deepdive/autograd'
import { cpu, manualSeed } from '@deepdive/tensor'
import { layouts } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functional as F, MaxPool1d, MaxPool2d } from '../src/index.ts'
import { anyPool, distinct, naivePool, planes } from './pool-case.ts'

describe('max pooling', () => {
  test('finds the largest of each window, however they slide', () => {
    fc.assert(
      fc.property(anyPool, ({ x, axes, kernelSize, options }) => {
        const y = F.maxPool2d(x, kernelSize, options)
        const expected = planes(x).map((plane) =>
          naivePool(plane, axes, options.ceilMode, (list) => Math.max(...list)),
        )
        expect(planes(y)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('says where each stood, so that unpooling finds it', () => {
    fc.assert(
      fc.property(anyPool, ({ x, kernelSize, options }) => {
        const [y, places] = F.maxPool2d(x, kernelSize, {
          ...options,
          returnIndices: true,
        })
        const found = places.flatten(-2)
        const numbers = x.flatten(-2).gather(-1, found.clamp(0)).reshape(y.shape)
        const isNowhere = places.eq(-1)
        expect(y.eq(-Infinity).toArray()).toEqual(isNowhere.toArray())
        expect(y.maskedFill(isNowhere, 0).toArray()).toEqual(
          numbers.maskedFill(isNowhere, 0).toArray(),
        )
      }),
    )
  })

  test('has the gradient of finite differences', () => {
    const small = anyPool.filter(({ x }) => x.numel() <= 60)
    fc.assert(
      fc.property(small, ({ x, kernelSize, options }) => {
        const missed = F.maxPool2d(x, kernelSize, options).eq(-Infinity)
        return gradcheck(
          (x) => F.maxPool2d(x, kernelSize, options).maskedFill(missed, 0),
          [x],
        )
      }),
      { numRuns: 30 },
    )
  })

  test('takes the first of equal elements, and sends the gradient there', () => {
    const x = ones([1, 3, 3], { requiresGrad: true })
    const [y, places] = F.maxPool2d(x, 2, { stride: 1, returnIndices: true })
    expect(places.toArray()).toEqual([
      [
        [0, 1],
        [3, 4],
      ],
    ])
    y.sum().backward()
    expect(x.grad?.toArray()).toEqual([
      [
        [1, 1, 0],
        [1, 1, 0],
        [0, 0, 0],
      ],
    ])
  })

  test('never takes the padding, of whatever numbers', () => {
    const deep = tensor([[-Infinity, -Infinity, -5]])
    const [y, places] = F.maxPool1d(deep, 2, { padding: 1, returnIndices: true })
    expect(y.toArray()).toEqual([[-Infinity, -5]])
    expect(places.toArray()).toEqual([[0, 2]])
  })

  test('of a window beside x is that of nothing, and learns nothing', () => {
    const x = tensor([[7]], { requiresGrad: true })
    const options = { padding: 1, dilation: 2, stride: 1, returnIndices: true } as const
    const [y, places] = F.maxPool1d(x, 2, options)
    expect(y.toArray()).toEqual([[-Infinity]])
    expect(places.toArray()).toEqual([[-1]])
    y.sum().backward()
    expect(x.grad?.toArray()).toEqual([[0]])
  })

  test('lets NaN through, from the last one of a window', () => {
    const x = tensor([[1, Number.NaN, 3, Number.NaN, 5, 6]])
    const [y, places] = F.maxPool1d(x, 2, { returnIndices: true })
    expect(y.toArray()).toEqual([[Number.NaN, Number.NaN, 6]])
    expect(places.toArray()).toEqual([[1, 3, 5]])
    const [, whole] = F.maxPool1d(x, 6, { returnIndices: true })
    expect(whole.item()).toBe(3)
  })

  test('does not care how its input lies in memory', () => {
    manualSeed(2)
    const x = randint(0, 4, [2, 3, 5, 4]).to('float32')
    const options = { padding: 1, returnIndices: true } as const
    const expected = F.maxPool2d(x, 2, options).map((part) => part.toArray())
    for (const arrange of Object.values(layouts)) {
      const found = F.maxPool2d(new Tensor(arrange(x.array)), 2, options)
      expect(found.map((part) => part.toArray())).toEqual(expected)
    }
  })

  test('counts places from the first pixel, wherever that lies in memory', () => {
    const x = distinct([17]).narrow(0, 1, 16).reshape([1, 4, 4])
    const options = { returnIndices: true } as const
    const [, places] = F.maxPool2d(x, 2, options)
    const [, expected] = F.maxPool2d(x.clone(), 2, options)
    expect(places.toArray()).toEqual(expected.toArray())
  })

  test('writes its places however they are to lie in memory', () => {
    const x = distinct([2, 3, 4, 4]).array
    const axis = { size: 2, stride: 2, dilation: 1, before: 0, after: 0 }
    const [, expected] = F.maxPool2d(new Tensor(x), 2, { returnIndices: true })
    for (const arrange of Object.values(layouts)) {
      const out = arrange(x.newEmpty([2, 3, 2, 2], 'int32'))
      cpu.kernels.largestInWindows?.(x, [axis, axis], out)
      expect(out.toArray()).toEqual(expected.toArray())
    }
  })

  test('needs no batch', () => {
    const x = distinct([2, 4, 6])
    const alone = F.maxPool2d(x, 2)
    expect(F.maxPool2d(x.unsqueeze(0), 2).squeeze(0).toArray()).toEqual(alone.toArray())
    expect(F.maxPool2d(zeros([0, 2, 4, 6]), 2).shape).toEqual([0, 2, 2, 3])
  })
})

test('a layer returns what its options ask for, a pair or the values alone', () => {
  const x = tensor([[[1, 5, 2, 3]]])
  const values = new MaxPool1d(2).forward(x)
  const [same, places] = new MaxPool1d(2, { returnIndices: true }).forward(x)
  expect(values.toArray()).toEqual([[[5, 3]]])
  expect(same.toArray()).toEqual([[[5, 3]]])
  expect(places.toArray()).toEqual([[[1, 3]]])
  const image = tensor([
    [
      [1, 5],
      [2, 3],
    ],
  ])
  const layer = new MaxPool2d(2, { returnIndices: false })
  expect(layer.forward(image).toArray()).toEqual([[[5]]])
})
