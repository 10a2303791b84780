import { cpu } from '@deepdive/tensor'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { gradcheck, gradgradcheck, type Tensor, tensor } from '../src/index.ts'
import { fused } from './fused.ts'
import { axis, type Call, withAxis } from './operations/case.ts'
import { describeOracle } from './oracle.ts'

Object.assign(cpu.kernels, fused)

describeOracle(cpu)

const calls: Record<string, Call> = {
  softmax: ([x], n) => x.softmax(axis(x, n)),
  logSoftmax: ([x], n) => x.logSoftmax(axis(x, n)),
  relu: ([x]) => x.relu(),
}

describe('where kernels are fused, finite differences agree', () => {
  test.each(Object.entries(calls))('with the gradients of %s', (_, call) => {
    const property = fc.property(withAxis, fc.nat(11), (xs, n) => {
      gradcheck((...xs) => call(xs, n), xs)
      gradgradcheck((...xs) => call(xs, n), xs)
    })
    fc.assert(property, { numRuns: 30 })
  })
})

describe('a fused kernel', () => {
  const names = ['softmax', 'logSoftmax', 'reluGradient'] as const
  const x = () => tensor([1, 2], { requiresGrad: true })

  /** Which of these computed during a run. */
  function computing(run: () => void): string[] {
    const spies = names.map((name) => vi.spyOn(cpu.kernels, name))
    run()
    const called = names.filter((_, n) => spies[n].mock.calls.length > 0)
    for (const spy of spies) spy.mockRestore()
    return called
  }

  test('computes where the device has it', () => {
    expect(computing(() => x().softmax(0))).toEqual(['softmax'])
    expect(computing(() => x().logSoftmax(0))).toEqual(['logSoftmax'])
    expect(computing(() => x().relu().sum().backward())).toEqual(['reluGradient'])
  })

  test('does not where the pass is recorded, since no graph sees through it', () => {
    const pass = (y: Tensor) => y.sum().backward(undefined, { createGraph: true })
    expect(computing(() => pass(x().relu()))).toEqual([])
  })

  test('does not where numbers are whole, or there is but one', () => {
    const whole = tensor([1, 2], { dtype: 'int32' })
    expect(computing(() => whole.softmax(0))).toEqual([])
    expect(computing(() => tensor(1).softmax(0))).toEqual([])
  })
})
