import { ones } from '@deepdive/autograd'
import { readFixture } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import * as optim from '../src/index.ts'

interface Made {
  readonly schedule: string
  readonly args: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
}

interface ScheduleCase extends Made {
  readonly name: string
  readonly optimizer: 'SGD' | 'Adam'
  readonly optimizerOptions: Readonly<Record<string, number>>
  readonly groups: readonly { readonly lr: number }[]
  readonly schedulers?: readonly Made[]
  readonly metrics?: readonly number[]
  readonly learningRates: readonly (readonly number[])[]
  readonly momenta?: readonly (readonly number[])[]
}

/** What the test needs of a schedule; `metric` is for ReduceLROnPlateau. */
interface Schedule {
  step(metric?: number): void
  getLastLr(): number[]
  stateDict(): object
  loadStateDict(saved: object): void
}

const cases = readFixture<ScheduleCase>(import.meta.url, 'schedules')

/** Half of the last of the 8 digits that fixtures have; both sides compute in float64. */
const allowed = 5e-8

function makeOptimizer(testCase: ScheduleCase): optim.Optimizer {
  const groups = testCase.groups.map(({ lr }) => {
    return { params: [ones([1], { requiresGrad: true })], lr }
  })
  const Class = testCase.optimizer === 'SGD' ? optim.SGD : optim.Adam
  return new Class(groups, testCase.optimizerOptions)
}

function make(optimizer: optim.Optimizer, { schedule, args, options }: Made): Schedule {
  const Class: unknown = Reflect.get(optim, schedule)
  if (typeof Class !== 'function') throw new Error(`there is no ${schedule}`)
  const decoded = schedule === 'LambdaLR' ? args.map(readLambda) : args
  return Reflect.construct(Class, [optimizer, ...decoded, options])
}

function readLambda(text: unknown): unknown {
  if (Array.isArray(text)) return text.map(readLambda)
  return new Function('epoch', `return ${text}`)
}

function makeSchedule(testCase: ScheduleCase, optimizer: optim.Optimizer): Schedule {
  if (!testCase.schedulers) return make(optimizer, testCase)
  const parts = testCase.schedulers.map((part) => make(optimizer, part))
  const { milestones } = testCase.options
  return make(optimizer, { ...testCase, args: [parts, milestones] })
}

function momentaOf(optimizer: optim.Optimizer): unknown[] {
  return optimizer.paramGroups.map((group) => {
    const betas: unknown = Reflect.get(group, 'betas')
    return Array.isArray(betas) ? betas[0] : Reflect.get(group, 'momentum')
  })
}

function expectRow(actual: readonly unknown[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length)
  for (const [n, want] of expected.entries()) {
    expect(Math.abs(Number(actual[n]) - want)).toBeLessThanOrEqual(
      allowed * want + 1e-12,
    )
  }
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
    const schedule = makeSchedule(testCase, optimizer)
    expectState(testCase, optimizer, 0)
    for (let row = 1; row < testCase.learningRates.length; row++) {
      schedule.step(testCase.metrics?.[row - 1])
      expectState(testCase, optimizer, row)
      expectRow(schedule.getLastLr(), testCase.learningRates[row])
    }
  })

  test.each(cases)('$name: goes on from a saved state', (testCase) => {
    const first = makeOptimizer(testCase)
    const interrupted = makeSchedule(testCase, first)
    for (let row = 1; row <= 7; row++) interrupted.step(testCase.metrics?.[row - 1])

    const second = makeOptimizer(testCase)
    const schedule = makeSchedule(testCase, second)
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
