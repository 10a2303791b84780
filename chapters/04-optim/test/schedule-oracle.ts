import { ones } from '@deepdive/autograd'
import { expect } from 'vitest'
import * as optim from '../src/index.ts'

/** How a fixture says which schedule to make. */
export interface Made {
  readonly schedule: string
  readonly args: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
  /** SequentialLR alone: its parts, made before it is. */
  readonly schedulers?: readonly Made[]
}

/** What the tests need of a schedule; `metric` is for ReduceLROnPlateau. */
export interface Schedule {
  step(metric?: number): void
  getLastLr(): number[]
  stateDict(): object
  loadStateDict(saved: object): void
}

/** Half of the last of 8 digits in fixtures; both sides compute in float64. */
const allowed = 5e-8

export function groupOf(lr: number): {
  params: optim.ParamGroup['params']
  lr: number
} {
  return { params: [ones([1], { requiresGrad: true })], lr }
}

export function makeSchedule(optimizer: optim.Optimizer, made: Made): Schedule {
  const { schedule, args, options, schedulers } = made
  const Class: unknown = Reflect.get(optim, schedule)
  if (typeof Class !== 'function') throw new Error(`there is no ${schedule}`)
  if (schedulers) {
    const parts = schedulers.map((part) => makeSchedule(optimizer, part))
    return Reflect.construct(Class, [optimizer, parts, options.milestones])
  }
  const decoded = schedule === 'LambdaLR' ? args.map(readLambda) : args
  return Reflect.construct(Class, [optimizer, ...decoded, options])
}

function readLambda(text: unknown): unknown {
  if (Array.isArray(text)) return text.map(readLambda)
  return new Function('epoch', `return ${text}`)
}

export function expectRow(
  actual: readonly unknown[],
  expected: readonly number[],
  what = 'rates',
): void {
  expect(actual.length, what).toBe(expected.length)
  for (const [n, want] of expected.entries()) {
    const distance = Math.abs(Number(actual[n]) - want)
    expect(distance, what).toBeLessThanOrEqual(allowed * want + 1e-12)
  }
}
