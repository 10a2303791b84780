import type { Device } from '@deepdive/tensor'
import { readFixture } from '@deepdive/testing'
import { test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
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

export const scheduleCases = readFixture<ScheduleCase>(import.meta.url, 'schedules')

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

/** Compares schedules of optimizers on `device` with PyTorch's. */
export function describeSchedules(device: Device): void {
  describeOn(device, 'PyTorch gives the same learning rates', () => {
    test.each(scheduleCases)('$name: 20 steps', takeSteps)
    test.each(scheduleCases)('$name: goes on from a saved state', goOn)
  })
}

function takeSteps(testCase: ScheduleCase): void {
  const optimizer = makeOptimizer(testCase)
  const schedule = makeSchedule(optimizer, testCase)
  expectState(testCase, optimizer, 0)
  for (let row = 1; row < testCase.learningRates.length; row++) {
    schedule.step(testCase.metrics?.[row - 1])
    expectState(testCase, optimizer, row)
    expectRow(schedule.getLastLr(), testCase.learningRates[row])
  }
}

function goOn(testCase: ScheduleCase): void {
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
}
