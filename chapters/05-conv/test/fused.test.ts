import {
  grad,
  gradcheck,
  gradgradcheck,
  ones,
  Tensor,
  tensor,
  zeros,
} from '@deepdive/autograd'
import { cpu, sizeOf } from '@deepdive/tensor'
import { describe, expect, test, vi } from 'vitest'
import { functional as F } from '../src/index.ts'
import { fused } from './fused.ts'
import { describeOracle } from './oracle.ts'

Object.assign(cpu.kernels, fused)

describeOracle(cpu)

/** Numbers whose neighbours, along any axis, differ by 1 or more. */
const leaf = (shape: readonly number[]) => {
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, n) => (n * 7) % 12)
  return new Tensor(tensor(values, shape).div(4).array, true)
}

describe('where kernels are fused, finite differences agree', () => {
  const calls = {
    batchNorm: (x: Tensor, w: Tensor, b: Tensor) =>
      F.batchNorm(x, null, null, w, b, { training: true }),
    groupNorm: (x: Tensor, w: Tensor, b: Tensor) => F.groupNorm(x, 2, w, b),
    instanceNorm: (x: Tensor, w: Tensor, b: Tensor) =>
      F.instanceNorm(x, null, null, w, b),
  }
  test.each(Object.entries(calls))('with the gradients of %s', (_, call) => {
    const inputs = [leaf([2, 4, 3]), leaf([4]), leaf([4])]
    const transposed = leaf([3, 4, 2]).permute([2, 1, 0])
    expect(gradcheck(call, inputs)).toBe(true)
    expect(gradgradcheck(call, inputs)).toBe(true)
    const [, w, b] = inputs
    expect(gradcheck((x) => call(x.permute([2, 1, 0]), w, b), [transposed])).toBe(true)
  })
})

describe('where convolutions are fused, finite differences agree', () => {
  const calls = {
    'conv2d, strided and dilated': {
      call: (x: Tensor, w: Tensor, b: Tensor) =>
        F.conv2d(x, w, b, { stride: [2, 1], padding: 1, dilation: [1, 2] }),
      shapes: [[2, 2, 4, 5], [3, 2, 2, 2], [3]],
    },
    'conv1d, in groups': {
      call: (x: Tensor, w: Tensor) => F.conv1d(x, w, null, { groups: 2, padding: 1 }),
      shapes: [
        [2, 4, 5],
        [4, 2, 3],
      ],
    },
    'convTranspose2d, longer on one side': {
      call: (x: Tensor, w: Tensor, b: Tensor) =>
        F.convTranspose2d(x, w, b, { stride: 2, outputPadding: 1 }),
      shapes: [[1, 2, 2, 3], [2, 3, 2, 2], [3]],
    },
  }
  test.each(Object.entries(calls))('%s', (_, { call, shapes }) => {
    const inputs = shapes.map(leaf)
    expect(gradcheck(call, inputs)).toBe(true)
    expect(gradgradcheck(call, inputs)).toBe(true)
  })
})

/** How often a kernel computed during a run. */
function count(name: keyof typeof fused, run: () => void): number {
  const spy = vi.spyOn(cpu.kernels, name)
  run()
  const calls = spy.mock.calls.length
  spy.mockRestore()
  return calls
}

describe('fused batch normalization', () => {
  const vectors = () => [tensor([1, 2]), tensor([0, 3])] as const
  const training = { training: true }
  const layer = (x: Tensor) => F.batchNorm(x, null, null, ...vectors(), training)

  test('computes where each channel has a weight and a bias', () => {
    const x = leaf([3, 2, 2])
    expect(count('batchNorm', () => layer(x))).toBe(1)
    expect(count('batchNormGradient', () => layer(x).sum().backward())).toBe(1)
    const bare = () => F.batchNorm(x, null, null, null, null, training)
    expect(count('batchNorm', bare)).toBe(0)
    const byImage = () => F.instanceNorm(x, null, null, ...vectors())
    expect(count('batchNorm', byImage)).toBe(0)
    expect(count('batchNorm', () => layer(leaf([0, 2, 2])))).toBe(0)
  })

  test('moves running statistics', () => {
    const [mean, variance] = [zeros([2]), ones([2])]
    F.batchNorm(
      tensor([[1], [3]]).expand([2, 2]),
      mean,
      variance,
      ...vectors(),
      training,
    )
    expect(mean.toArray()).toEqual([0.2, 0.2].map(Math.fround))
    expect(variance.toArray()).toEqual([1.1, 1.1].map(Math.fround))
  })

  test('gives a recorded pass the gradients of one that is not', () => {
    const inputs = [leaf([3, 2, 2]), leaf([2]), leaf([2])]
    const [x, w, b] = inputs
    const loss = () => F.batchNorm(x, null, null, w, b, training).square().sum()
    const [recorded, unrecorded] = [true, false].map((createGraph) =>
      grad([loss()], inputs, { createGraph }),
    )
    for (const [n, slope] of recorded.entries()) {
      expect(slope.sub(unrecorded[n]).abs().max().item()).toBeLessThan(1e-4)
    }
  })
})

describe('fused max pooling', () => {
  test('computes values and places in one pass', () => {
    const x = leaf([1, 4, 4])
    expect(count('maxPool', () => F.maxPool2d(x, 2).sum().backward())).toBe(1)
  })

  test('does not where a window could miss all of x', () => {
    const run = () => F.maxPool2d(leaf([1, 5, 5]), 3, { dilation: 2, padding: 1 })
    expect(count('maxPool', run)).toBe(0)
  })

  test('has both derivatives', () => {
    const pool = (x: Tensor) => F.maxPool2d(x, 2, { stride: 1 }).square()
    const x = [leaf([1, 3, 3])]
    expect(gradcheck(pool, x)).toBe(true)
    expect(gradgradcheck(pool, x)).toBe(true)
  })
})

describe('a fused convolution', () => {
  test('computes in one pass, and so do its gradients', () => {
    const [x, w] = [leaf([1, 1, 3, 3]), leaf([1, 1, 2, 2])]
    const run = () => F.conv2d(x, w).sum().backward()
    expect(count('conv', run)).toBe(1)
    expect(count('convInputGradient', run)).toBe(1)
    expect(count('convWeightGradient', run)).toBe(1)
    expect(count('convInputGradient', () => F.convTranspose2d(x, w))).toBe(1)
  })

  test('is no help where a window slides on three axes, or the batch is empty', () => {
    const run = () => F.conv3d(leaf([1, 1, 2, 2, 2]), leaf([1, 1, 1, 1, 1]))
    expect(count('conv', run)).toBe(0)
    expect(count('conv', () => F.conv1d(leaf([0, 1, 3]), leaf([1, 1, 1])))).toBe(0)
  })

  test('takes views that lie anyhow', () => {
    const [x, w] = [leaf([1, 4, 3, 2]).permute([0, 3, 1, 2]), leaf([1, 2, 2, 2])]
    const dense = F.conv2d(x.clone(), w)
    expect(F.conv2d(x, w).toArray()).toEqual(dense.toArray())
  })
})
