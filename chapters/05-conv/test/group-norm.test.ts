import { gradcheck, gradgradcheck, randn, type Tensor } from '@deepdive/autograd'
import { functional as nn } from '@deepdive/nn'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, expect, test } from 'vitest'
import {
  functional as F,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
} from '../src/index.ts'

beforeEach(() => manualSeed(6))

const close = (found: Tensor, expected: Tensor) => {
  expect(found.shape).toEqual(expected.shape)
  expect(found.sub(expected).abs().amax().item()).toBeLessThan(1e-5)
}

test('a single group normalizes a sample as LayerNorm does', () => {
  const x = randn([2, 4, 3, 3]).mul(5).add(2)
  close(F.groupNorm(x, 1), nn.layerNorm(x, [4, 3, 3]))
})

test('a group for each channel is InstanceNorm', () => {
  const x = randn([2, 4, 3, 3]).mul(5).add(2)
  close(F.groupNorm(x, 4), F.instanceNorm(x))
})

test('groups do not know of one another, nor samples', () => {
  const x = randn([2, 4, 3])
  const y = F.groupNorm(x, 2)
  const part = (t: Tensor) => t.at([1, 2], [2, 4])
  close(part(y), F.groupNorm(part(x), 1))
})

test('the gradients of GroupNorm are those of finite differences', () => {
  const inputs = [[2, 4, 2], [4], [4]].map((shape) =>
    randn(shape, { requiresGrad: true }),
  )
  const fn = (x: Tensor, w: Tensor, b: Tensor) => F.groupNorm(x, 2, w, b, { eps: 0.1 })
  expect(gradcheck(fn, inputs)).toBe(true)
  expect(gradgradcheck(fn, inputs, { atol: 5e-3 })).toBe(true)
})

test('the gradients of InstanceNorm are those of finite differences', () => {
  const inputs = [[2, 2, 4], [2], [2]].map((shape) =>
    randn(shape, { requiresGrad: true }),
  )
  const fn = (x: Tensor, w: Tensor, b: Tensor) =>
    F.instanceNorm(x, null, null, w, b, { eps: 0.1 })
  expect(gradcheck(fn, inputs)).toBe(true)
})

test('GroupNorm starts as the plain normalization, InstanceNorm learns nothing', () => {
  const x = randn([2, 4, 3, 3])
  close(new GroupNorm(2, 4).forward(x), F.groupNorm(x, 2))
  const keys = (layer: GroupNorm | InstanceNorm2d) => Object.keys(layer.stateDict())
  expect(keys(new GroupNorm(2, 4))).toEqual(['weight', 'bias'])
  expect(keys(new GroupNorm(2, 4, { affine: false }))).toEqual([])
  expect(keys(new InstanceNorm2d(4))).toEqual([])
})

test('InstanceNorm takes a sample without a batch', () => {
  const x = randn([3, 5])
  const layer = new InstanceNorm1d(3, { affine: true })
  close(layer.forward(x), layer.forward(x.unsqueeze(0)).squeeze(0))
})

test('with a momentum of 0 running statistics stay as they are', () => {
  const layer = new InstanceNorm1d(2, { trackRunningStats: true, momentum: 0 })
  layer.forward(randn([5, 2, 7]).add(3))
  expect(layer.runningMean?.toArray()).toEqual([0, 0])
  expect(layer.runningVar?.toArray()).toEqual([1, 1])
})

test('running statistics of instances are the mean of those of the samples', () => {
  const layer = new InstanceNorm1d(2, { trackRunningStats: true, momentum: 1 })
  const x = randn([5, 2, 7]).mul(3).add(1)
  layer.forward(x)
  const { runningMean, runningVar } = layer
  if (!runningMean || !runningVar) throw new Error('there are no running statistics')
  close(runningMean, x.mean(2).mean(0))
  close(runningVar, x.var(2).mean(0))
  const scaled = x
    .sub(runningMean.reshape([2, 1]))
    .div(runningVar.reshape([2, 1]).sqrt())
  close(layer.eval().forward(x), scaled)
})
