import { gradcheck, gradgradcheck, Tensor, tensor } from '@deepdive/autograd'
import { cpu, sizeOf } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { fused } from '../../03-nn/test/fused.ts'
import { functional as F } from '../src/index.ts'
import { describeOracle } from './oracle.ts'

Object.assign(cpu.kernels, fused)

describeOracle(cpu)

describe('where kernels are fused, finite differences agree', () => {
  /** Numbers whose neighbours, along any axis, differ by 1 or more. */
  const leaf = (shape: readonly number[]) => {
    const values = Float32Array.from({ length: sizeOf(shape) }, (_, n) => (n * 7) % 12)
    return new Tensor(tensor(values, shape).div(4).array, true)
  }
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
