import { tensor } from '@deepdive/autograd'
import { BatchNorm1d } from '@deepdive/conv'
import { functional as F, Linear } from '@deepdive/nn'
import { array, zeros } from '@deepdive/tensor'
import { expect, test } from 'vitest'
import { memory, scope } from '../../src/index.ts'
import { describeFloat16 } from '../float16/describe-float16.ts'
import { describeHalves } from '../float16/describe-halves.ts'
import { gpu } from './gpu.ts'

if (gpu.info.features.includes('shader-f16')) {
  describeFloat16(gpu)
  describeHalves(gpu, 3)

  test('a tensor of float16 takes half the memory', () => {
    scope(() => {
      const before = memory(gpu).bytes ?? 0
      const held = () => (memory(gpu).bytes ?? 0) - before
      const x = zeros([1000], { device: gpu })
      expect(held()).toBe(4000)
      x.to('float16')
      expect(held()).toBe(6000)
    })
  })

  test('what spreads far is normalized', async () => {
    const x = tensor([[-2000, 2000]], { device: gpu, dtype: 'float16' })
    const channels = x.reshape([2, 1])
    const y = F.layerNorm(x, [2])
    const z = new BatchNorm1d(1).to(gpu).to('float16').forward(channels)
    expect((await y.cpu()).toArray()).toEqual([[-1, 1]])
    expect((await z.cpu()).toArray()).toEqual([[-1], [1]])
  })

  test('an odd number of halves is read back', async () => {
    const x = array([1, 2, 3], { device: gpu, dtype: 'float16' })
    expect((await x.cpu()).toArray()).toEqual([1, 2, 3])
    expect((await x.flip(0).cpu()).toArray()).toEqual([3, 2, 1])
  })
} else {
  test('an adapter without shader-f16 refuses float16, and says so', async () => {
    const refusal =
      'webgpu: float16 needs an adapter that has shader-f16, and this one has not: ' +
      'use float32'
    const half = { device: gpu, dtype: 'float16' } as const
    expect(() => zeros([2], half)).toThrow(refusal)
    expect(() => array([1], half)).toThrow(refusal)
    expect(() => array([1], { device: gpu }).to('float16')).toThrow(refusal)
    const model = new Linear(1, 1).to(gpu)
    expect(() => model.to('float16')).toThrow(refusal)
    expect(model.weight.dtype).toBe('float32')
    expect((await model.weight.cpu()).numel()).toBe(1)
  })
}
