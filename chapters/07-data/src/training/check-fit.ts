import { Optimizer } from '@deepdive/optim'
import {
  checkCount,
  checkNames,
  checkPositive,
  checkWord,
  optionsOf,
} from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { checkBatches, checkMeasuring, measuring } from './check-measuring.ts'
import { checkModel } from './check-model.ts'
import type { FitOptions } from './options.ts'

const known: Record<keyof FitOptions<unknown, unknown, unknown>, true> = {
  train: true,
  validation: true,
  epochs: true,
  optimizer: true,
  ...measuring,
  schedule: true,
  scheduleEvery: true,
  earlyStopping: true,
  monitor: true,
  accumulate: true,
  clipGradNorm: true,
  clipGradValue: true,
  checkpoint: true,
  callbacks: true,
  progress: true,
}

/** Refuses options that make no sense, before anything has changed. */
export function checkFit<Batch, Output, Target>(
  model: unknown,
  options: FitOptions<Batch, Output, Target>,
): void {
  checkModel('fit', model)
  const { epochs, accumulate = 1, ...others } = optionsOf('fit', options)
  checkNames('fit', options, known)
  const { clipGradNorm = 1, clipGradValue = 1, scheduleEvery = 'step' } = others
  checkBatches('fit', 'train', options.train)
  if (others.validation !== undefined)
    checkBatches('fit', 'validation', others.validation)
  checkOptimizer(options.optimizer)
  checkListeners(options)
  checkMeasuring('fit', options)
  checkCount('fit', { epochs, accumulate })
  checkPositive('fit', { clipGradNorm, clipGradValue })
  checkWord('fit', 'scheduleEvery', scheduleEvery, ['step', 'epoch'])
  checkMonitor(options)
}

function checkOptimizer(optimizer: unknown): void {
  const rule = 'an optimizer, as new optim.Adam(model.parameters())'
  checkKind('fit', { optimizer }, rule, (value) => value instanceof Optimizer)
}

/** Refuses callbacks that cannot be called, and schedules that do not step. */
function checkListeners<Batch, Output, Target>({
  callbacks = [],
  schedule,
  earlyStopping,
}: FitOptions<Batch, Output, Target>): void {
  checkKind('fit', { callbacks }, 'a list of functions', (value) => {
    return Array.isArray(value) && value.every((item) => typeof item === 'function')
  })
  const steps = (value: unknown) => {
    return value === undefined || typeof Object(value).step === 'function'
  }
  const schedules = 'a schedule, as new optim.StepLR(optimizer, 30)'
  checkKind('fit', { schedule }, schedules, steps)
  const stopping = 'an EarlyStopping, as new optim.EarlyStopping()'
  checkKind('fit', { earlyStopping }, stopping, steps)
}

/** Names that cannot be watched are refused now, and not after the first epoch. */
function checkMonitor<Batch, Output, Target>({
  monitor = 'loss',
  metrics = {},
}: FitOptions<Batch, Output, Target>): void {
  checkWord('fit', 'monitor', monitor, ['loss', ...Object.keys(metrics)])
}
