import { cpu } from '@deepdive/tensor'
import { expect, test } from 'vitest'
import * as optim from '../src/index.ts'
import { describeOracle } from './oracle.ts'
import { scheduleCases } from './schedules-oracle.ts'

describeOracle(cpu)

test.each(['adam', 'sgd'] as const)('the cpu has the fused kernel %s', (name) => {
  expect(cpu.kernels[name]).toBeTypeOf('function')
})

test('every schedule is compared with PyTorch', () => {
  const compared = new Set(scheduleCases.map(({ schedule }) => schedule))
  const all = Object.keys(optim).filter((name) => name.includes('LR'))
  const bases = ['LRScheduler', 'ClosedFormLR']
  expect([...compared].sort()).toEqual(all.filter((n) => !bases.includes(n)).sort())
})
