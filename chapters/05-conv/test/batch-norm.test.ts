import {
  gradcheck,
  gradgradcheck,
  noGrad,
  randn,
  type Tensor,
  zeros,
} from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import { BatchNorm1d, BatchNorm2d, functional as F } from '../src/index.ts'

beforeEach(() => manualSeed(5))

const channelDims = [0, 2, 3]
const largest = (x: Tensor) => x.abs().amax().item()
const numbers = (x: Tensor | null) => Array.from(x?.toTypedArray() ?? [])

/** Batches that are not alike, so that it matters which of them count how much. */
const batches = Array.from({ length: 4 }, (_, n) => n + 1)
const batch = (n: number) => randn([6, 2, 3, 3]).mul(n).add(n)

describe('in training', () => {
  test('each channel of a batch is brought to mean 0 and variance 1', () => {
    const y = new BatchNorm2d(3).forward(randn([16, 3, 5, 5]).mul(7).add(20))
    expect(largest(y.mean(channelDims))).toBeLessThan(1e-4)
    const spread = y.var(channelDims, { correction: 0 })
    expect(largest(spread.sub(1))).toBeLessThan(1e-4)
  })

  test('running statistics move a tenth of the way at each step', () => {
    const layer = new BatchNorm2d(2)
    let [mean, variance] = [
      [0, 0],
      [1, 1],
    ]
    for (const n of batches) {
      const x = batch(n)
      layer.forward(x)
      const found = [numbers(x.mean(channelDims)), numbers(x.var(channelDims))]
      mean = mean.map((value, c) => 0.9 * value + 0.1 * found[0][c])
      variance = variance.map((value, c) => 0.9 * value + 0.1 * found[1][c])
      for (const c of [0, 1]) {
        expect(numbers(layer.runningMean)[c]).toBeCloseTo(mean[c], 4)
        expect(numbers(layer.runningVar)[c]).toBeCloseTo(variance[c], 4)
      }
      expect(layer.numBatchesTracked?.item()).toBe(n)
    }
  })

  test('without momentum they are the mean of all batches', () => {
    const layer = new BatchNorm2d(2, { momentum: null })
    const seen = batches.map((n) => {
      const x = batch(n)
      layer.forward(x)
      return [x.mean(channelDims), x.var(channelDims)]
    })
    ;[layer.runningMean, layer.runningVar].forEach((running, which) => {
      const total = seen.map((found) => found[which]).reduce((a, b) => a.add(b))
      numbers(total.div(seen.length)).forEach((value, c) => {
        expect(numbers(running)[c]).toBeCloseTo(value, 4)
      })
    })
  })

  test('they change in place, so that who holds them sees it', () => {
    const layer = new BatchNorm2d(2)
    const before = layer.runningMean
    const held = layer.stateDict()
    layer.forward(batch(3))
    expect(layer.runningMean).toBe(before)
    expect(held.running_mean.toArray()).toEqual(before?.toArray())
    expect(largest(held.running_mean)).toBeGreaterThan(0)
  })

  test('they are part of no graph, with or without noGrad', () => {
    const layer = new BatchNorm2d(2)
    const x = randn([4, 2, 3, 3], { requiresGrad: true })
    layer.forward(x).sum().backward()
    for (const buffer of layer.buffers()) {
      expect(buffer.requiresGrad).toBe(false)
      expect(buffer.isLeaf).toBe(true)
    }
    noGrad(() => layer.forward(x))
    expect(layer.numBatchesTracked?.item()).toBe(2)
  })

  test('a refused batch leaves no trace', () => {
    const layer = new BatchNorm1d(2)
    const before = Object.values(layer.stateDict()).map((t) => t.toArray())
    expect(() => layer.forward(randn([1, 2]))).toThrow()
    expect(() => layer.forward(randn([4, 3]))).toThrow()
    const after = Object.values(layer.stateDict()).map((t) => t.toArray())
    expect(after).toEqual(before)
  })

  test('an empty batch gives an empty result, and moves no statistics', () => {
    const layer = new BatchNorm2d(2)
    layer.forward(batch(2))
    const before = [layer.runningMean, layer.runningVar].map((t) =>
      t?.clone().toArray(),
    )
    const x = zeros([0, 2, 3, 3], { requiresGrad: true })
    const y = layer.forward(x)
    expect(y.shape).toEqual([0, 2, 3, 3])
    expect(layer.forward(zeros([2, 2, 0, 3])).shape).toEqual([2, 2, 0, 3])
    expect([layer.runningMean, layer.runningVar].map((t) => t?.toArray())).toEqual(
      before,
    )
    expect(layer.numBatchesTracked?.item()).toBe(3)
    y.sum().backward()
    expect(x.grad?.shape).toEqual([0, 2, 3, 3])
    expect(numbers(layer.weight?.grad ?? null)).toEqual([0, 0])
  })

  test('a constant channel is 0, and its gradient finite', () => {
    const layer = new BatchNorm1d(1)
    const x = randn([1]).expand([4, 1]).clone().detach()
    x.requiresGrad = true
    const y = layer.forward(x)
    y.mul(randn([4, 1]))
      .sum()
      .backward()
    expect(largest(y)).toBe(0)
    expect(numbers(x.grad).every(Number.isFinite)).toBe(true)
  })
})

describe('in evaluation', () => {
  test('each sample is the same whatever the others are, and nothing is learned', () => {
    const layer = new BatchNorm2d(2)
    for (const n of batches) layer.forward(batch(n))
    layer.eval()
    const before = Object.values(layer.stateDict()).map((t) => t.clone().toArray())
    const x = batch(2)
    const together = layer.forward(x)
    const alone = layer.forward(x.narrow(0, 3, 1))
    expect(together.narrow(0, 3, 1).toArray()).toEqual(alone.toArray())
    const after = Object.values(layer.stateDict()).map((t) => t.toArray())
    expect(after).toEqual(before)
  })

  test('a layer that has seen all of a distribution brings it to mean 0, variance 1', () => {
    const layer = new BatchNorm1d(1, { momentum: null })
    for (let n = 0; n < 20; n++) layer.forward(randn([2000, 1]).mul(3).add(5))
    const y = layer.eval().forward(randn([40_000, 1]).mul(3).add(5))
    expect(y.mean().item()).toBeCloseTo(0, 1)
    expect(y.var().item()).toBeCloseTo(1, 1)
  })

  test('a layer without running statistics goes on to use the batch', () => {
    const layer = new BatchNorm2d(2, { trackRunningStats: false })
    const x = batch(3)
    const trained = layer.forward(x)
    expect(layer.eval().forward(x).toArray()).toEqual(trained.toArray())
    expect(Object.keys(layer.stateDict())).toEqual(['weight', 'bias'])
  })
})

describe('gradients', () => {
  const inputs = () =>
    [[3, 2, 2, 2], [2], [2]].map((shape) => randn(shape, { requiresGrad: true }))

  test('through the statistics of the batch are those of finite differences', () => {
    const fn = (x: Tensor, w: Tensor, b: Tensor) =>
      F.batchNorm(x, null, null, w, b, { training: true, eps: 0.1 })
    expect(gradcheck(fn, inputs())).toBe(true)
    expect(gradgradcheck(fn, inputs(), { atol: 5e-3 })).toBe(true)
  })

  test('past running statistics too', () => {
    const [mean, variance] = [randn([2]), randn([2]).abs().add(0.5)]
    const fn = (x: Tensor, w: Tensor, b: Tensor) => F.batchNorm(x, mean, variance, w, b)
    expect(gradcheck(fn, inputs())).toBe(true)
    expect(gradgradcheck(fn, inputs(), { atol: 5e-3 })).toBe(true)
  })

  test('of an earlier step are right though statistics have moved on since', () => {
    const layer = new BatchNorm2d(2)
    layer.forward(batch(2))
    layer.eval()
    const x = randn([2, 2, 2, 2], { requiresGrad: true })
    const y = layer.forward(x).sum()
    const scale = layer.runningVar?.add(1e-5).rsqrt()
    const expected = scale?.reshape([2, 1, 1]).expand([2, 2, 2, 2]).contiguous().clone()
    layer.train().forward(batch(4))
    y.backward()
    expect(x.grad?.toArray()).toEqual(expected?.toArray())
  })
})

test('a state dict brings running statistics along', () => {
  const [one, other] = [new BatchNorm2d(2), new BatchNorm2d(2)]
  for (const n of batches) one.forward(batch(n))
  other.loadStateDict(one.stateDict())
  const x = batch(1)
  expect(other.eval().forward(x).toArray()).toEqual(one.eval().forward(x).toArray())
  expect(other.numBatchesTracked?.item()).toBe(batches.length)
  expect(other.numBatchesTracked?.dtype).toBe('int32')
})
