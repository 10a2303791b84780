import { readFixture } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import * as optim from '../src/index.ts'
import { expectRow, groupOf, type Made, makeSchedule } from './schedule-oracle.ts'

interface ScheduleCase extends Made {
  readonly name: string
  readonly optimizer: 'SGD' | 'Adam'
  readonly optimizerOptions: Readonly<Record<string, number>>
  readonly groups: readonly { readonly lr: number }[]
  readonly metrics?: readonly number[]
  readonly learningRates: readonly (readonly number[])[]
  readonly momenta?: readonly (readonly number[])[]
}

const cases = readFixture<ScheduleCase>(import.meta.url, 'schedules')

function makeOptimizer(testCase: ScheduleCase): optim.Optimizer {
  const groups = testCase.groups.map(({ lr }) => groupOf(lr))
  const Class = testCase.optimizer === 'SGD' ? optim.SGD : optim.Adam
  return new Class(groups, testCase.optimizerOptions)
}

function momentaOf(optimizer: optim.Optimizer): unknown[] {
  return optimizer.paramGroups.map((group) => {
    const betas: unknown = Reflect.get(group, 'betas')
    return Array.isArray(betas) ? betas[0] : Reflect.get(group, 'momentum')
  })
}

function expectState(
  testCase: ScheduleCase,
  optimizer: optim.Optimizer,
  row: number,
): void {
  const rates = optimizer.paramGroups.map(({ lr }) => lr)
  expectRow(rates, testCase.learningRates[row])
  if (testCase.momenta) expectRow(momentaOf(optimizer), testCase.momenta[row])
}

describe('PyTorch gives the same learning rates', () => {
  test.each(cases)('$name: 20 steps', (testCase) => {
    const optimizer = makeOptimizer(testCase)
    const schedule = makeSchedule(optimizer, testCase)
    expectState(testCase, optimizer, 0)
    for (let row = 1; row < testCase.learningRates.length; row++) {
      schedule.step(testCase.metrics?.[row - 1])
      expectState(testCase, optimizer, row)
      expectRow(schedule.getLastLr(), testCase.learningRates[row])
    }
  })

  test.each(cases)('$name: goes on from a saved state', (testCase) => {
    const first = makeOptimizer(testCase)
    const interrupted = makeSchedule(first, testCase)
    for (let row = 1; row <= 7; row++) interrupted.step(testCase.metrics?.[row - 1])

    const second = makeOptimizer(testCase)
    const schedule = makeSchedule(second, testCase)
    second.loadStateDict(first.stateDict())
    schedule.loadStateDict(JSON.parse(JSON.stringify(interrupted.stateDict())))
    for (let row = 8; row < testCase.learningRates.length; row++) {
      schedule.step(testCase.metrics?.[row - 1])
      expectState(testCase, second, row)
    }
  })
})

test('every schedule is compared with PyTorch', () => {
  const compared = new Set(cases.map(({ schedule }) => schedule))
  const all = Object.keys(optim).filter((name) => name.includes('LR'))
  const bases = ['LRScheduler', 'ClosedFormLR']
  expect([...compared].sort()).toEqual(all.filter((n) => !bases.includes(n)).sort())
})
