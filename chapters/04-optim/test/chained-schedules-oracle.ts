import type { Device } from '@deepdive/tensor'
import { readFixture } from '@deepdive/testing'
import { expect, test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
import { type Optimizer, SGD } from '../src/index.ts'
import {
  expectRow,
  groupOf,
  type Made,
  makeSchedule,
  type Schedule,
} from './schedule-oracle.ts'

interface Event {
  readonly epoch: number
  readonly lr: number
}

interface ChainedCase {
  readonly name: string
  readonly groups: readonly { readonly lr: number }[]
  readonly schedules: readonly Made[]
  readonly metrics?: readonly number[]
  readonly changed?: Event
  readonly added?: Event
  readonly learningRates: readonly (readonly number[])[]
}

interface Training {
  readonly optimizer: Optimizer
  readonly schedules: readonly Schedule[]
}

const cases = readFixture<ChainedCase>(import.meta.url, 'chained-schedules')

function begin({ groups, schedules }: ChainedCase): Training {
  const optimizer = new SGD(groups.map(({ lr }) => groupOf(lr)))
  return {
    optimizer,
    schedules: schedules.map((made) => makeSchedule(optimizer, made)),
  }
}

function ratesOf({ optimizer }: Training): number[] {
  return optimizer.paramGroups.map(({ lr }) => lr)
}

/** Runs the epochs from `first` to `last`, comparing the rates after each. */
function run(testCase: ChainedCase, training: Training, first: number, last: number) {
  const { changed, added, metrics, learningRates } = testCase
  const { optimizer, schedules } = training
  for (let epoch = first; epoch <= last; epoch++) {
    if (changed?.epoch === epoch) {
      for (const group of optimizer.paramGroups) group.lr = changed.lr
    }
    if (added?.epoch === epoch) optimizer.addParamGroup(groupOf(added.lr))
    for (const schedule of schedules) schedule.step(metrics?.[epoch - 1])
    expectRow(ratesOf(training), learningRates[epoch], `rates after epoch ${epoch}`)
  }
}

/** Compares chained schedules of optimizers on `device` with PyTorch's. */
export function describeChainedSchedules(device: Device): void {
  describeOn(device, 'PyTorch gives the same rates where others change them', () => {
    test.each(cases)('$name', (testCase) => {
      const training = begin(testCase)
      expectRow(ratesOf(training), testCase.learningRates[0])
      run(testCase, training, 1, testCase.learningRates.length - 1)
    })
    test.each(cases)('$name: goes on from a saved state', goOn)
  })
}

function goOn(testCase: ChainedCase): void {
  const first = begin(testCase)
  run(testCase, first, 1, 5)

  const second = begin(testCase)
  const { added } = testCase
  if (added) second.optimizer.addParamGroup(groupOf(added.lr))
  second.optimizer.loadStateDict(first.optimizer.stateDict())
  for (const [n, schedule] of second.schedules.entries()) {
    const saved = JSON.stringify(first.schedules[n].stateDict())
    schedule.loadStateDict(JSON.parse(saved))
  }
  expect(ratesOf(second)).toEqual(ratesOf(first))
  run(testCase, second, 6, testCase.learningRates.length - 1)
}
