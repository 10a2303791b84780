import { grad, gradcheck, gradgradcheck, tensor, zeros } from '@deepdive/autograd'
import { cpu } from '@deepdive/tensor'
import { describe, expect, test, vi } from 'vitest'
import { functional as F } from '../src/index.ts'
import { fused } from './fused.ts'
import { check } from './gradients/check.ts'
import { layers } from './gradients/layers.ts'
import { losses } from './gradients/losses.ts'
import { describeOracle } from './oracle.ts'

Object.assign(cpu.kernels, fused)

describeOracle(cpu)

describe('where kernels are fused, finite differences agree', () => {
  const cases = { ...layers, ...losses }
  test.each(['linear', 'layerNorm', 'crossEntropy'])('with those of %s', (name) => {
    check(cases, name, 20, gradcheck)
    check(cases, name, 10, gradgradcheck)
  })
})

test.each(['mean', 'sum', 'none'] as const)(
  'a recorded pass gives the gradients of one that is not: cross entropy, %s',
  (reduction) => {
    const x = tensor(
      [
        [1, 2, -1],
        [0, 3, 1],
      ],
      { requiresGrad: true },
    )
    const labels = tensor([2, 1], { dtype: 'int32' })
    const loss = () => F.crossEntropy(x, labels, { ignoreIndex: 1, reduction }).sum()
    const [recorded, unrecorded] = [true, false].map((createGraph) => {
      return grad([loss()], [x], { createGraph })[0]
    })
    expect(recorded.sub(unrecorded).abs().max().item()).toBeLessThan(1e-6)
    expect(recorded.at(1).abs().max().item()).toBe(0)
  },
)

describe('a fused kernel computes', () => {
  const x = tensor([[1, 2]], { requiresGrad: true })
  const labels = tensor([1], { dtype: 'int32' })

  /** How often a kernel computed during a run. */
  function count(name: keyof typeof fused, run: () => void): number {
    const spy = vi.spyOn(cpu.kernels, name)
    run()
    const calls = spy.mock.calls.length
    spy.mockRestore()
    return calls
  }

  test('where the device has it', () => {
    expect(count('linear', () => F.linear(x, zeros([3, 2]), zeros([3])))).toBe(1)
    expect(count('standardize', () => F.layerNorm(x, [2]))).toBe(1)
    expect(count('crossEntropy', () => F.crossEntropy(x, labels))).toBe(1)
  })

  test('gradients too, where the pass is not recorded', () => {
    const normalized = () => F.layerNorm(x, [2]).sum()
    const surprise = () => F.crossEntropy(x, labels)
    const recorded = { createGraph: true }
    expect(count('standardizeGradient', () => normalized().backward())).toBe(1)
    expect(count('crossEntropyGradient', () => surprise().backward())).toBe(1)
    const all = () => normalized().add(surprise()).backward(undefined, recorded)
    expect(count('standardizeGradient', all)).toBe(0)
    expect(count('crossEntropyGradient', all)).toBe(0)
  })

  test('no loss that weighs or smooths, and no layer of whole numbers', () => {
    const options = { labelSmoothing: 0.1 }
    expect(count('crossEntropy', () => F.crossEntropy(x, labels, options))).toBe(0)
    const weight = tensor([1, 2])
    expect(count('crossEntropy', () => F.crossEntropy(x, labels, { weight }))).toBe(0)
    const whole = zeros([3, 2], { dtype: 'int32' })
    expect(count('linear', () => F.linear(x, whole, zeros([3])))).toBe(0)
  })
})
