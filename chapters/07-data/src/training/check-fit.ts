import { Optimizer } from '@deepdive/optim'
import {
  checkCount,
  checkNames,
  checkPositive,
  checkWord,
  optionsOf,
  ValueError,
} from '@deepdive/tensor'
import { checkFunction, checkKind, isIterable } from '../datasets/check-kind.ts'
import { isRecord } from '../loader/alike.ts'
import { checkModel } from './check-model.ts'
import type { EvaluateOptions, FitOptions } from './options.ts'

/** What can be measured, and how. */
const measuring: Record<keyof EvaluateOptions<unknown, unknown, unknown>, true> = {
  ...{ loss: true, metrics: true, split: true, device: true },
}

const known: Record<keyof FitOptions<unknown, unknown, unknown>, true> = {
  ...{ train: true, validation: true, epochs: true, optimizer: true, ...measuring },
  ...{ schedule: true, scheduleEvery: true, earlyStopping: true, monitor: true },
  ...{ accumulate: true, clipGradNorm: true, clipGradValue: true },
  ...{ checkpoint: true, callbacks: true, progress: true },
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

/** Refuses what holds no batches, as a data set that no loader is around. */
export function checkBatches(owner: string, name: string, batches: unknown): void {
  const rule = 'batches, as a DataLoader or a list gives them'
  checkKind(owner, { [name]: batches }, rule, (value) => {
    return typeof value === 'function' || isIterable(value)
  })
}

function checkOptimizer(optimizer: unknown): void {
  const rule = 'an optimizer, as new optim.Adam(model.parameters())'
  checkKind('fit', { optimizer }, rule, (value) => value instanceof Optimizer)
}

/** Refuses a loss by its name, and a loss that was computed already. */
function checkLoss(owner: string, loss: unknown): void {
  const rule =
    'a function of output and target, as nn.functional.crossEntropy, or a layer, as ' +
    'new nn.CrossEntropyLoss()'
  checkKind(owner, { loss }, rule, (value) => {
    return typeof value === 'function' || typeof Object(value).forward === 'function'
  })
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
  checkKind(
    'fit',
    { schedule },
    'a schedule, as new optim.StepLR(optimizer, 30)',
    steps,
  )
  checkKind(
    'fit',
    { earlyStopping },
    'an EarlyStopping, as new optim.EarlyStopping()',
    steps,
  )
}

/** Refuses an option of `evaluate` that there is not, as one that is misspelt. */
export function checkEvaluate(options: object): void {
  checkNames('evaluate', optionsOf('evaluate', options), measuring)
}

/** Refuses metrics and devices by their names, and a split that cannot be called. */
export function checkMeasuring<Batch, Output, Target>(
  owner: string,
  { loss, metrics = {}, split, device }: EvaluateOptions<Batch, Output, Target>,
): void {
  checkLoss(owner, loss)
  checkKind(owner, { metrics }, 'an object of metrics by their names', isRecord)
  const named = Object.entries(metrics).map(([name, metric]) => [
    `metrics.${name}`,
    metric,
  ])
  checkKind(
    owner,
    Object.fromEntries(named),
    'a metric, as new metrics.Accuracy()',
    (value) => {
      const { update, compute, reset } = Object(value)
      return [update, compute, reset].every((item) => typeof item === 'function')
    },
  )
  checkMetricNames(owner, metrics)
  if (split !== undefined) checkFunction(owner, { split })
  checkKind(
    owner,
    { device },
    "a device, as await device('webgpu') gives it",
    (value) => {
      return value === undefined || typeof Object(value).upload === 'function'
    },
  )
}

/** Refuses a name that is taken, and a metric that would take in each batch twice. */
function checkMetricNames(owner: string, metrics: object): void {
  if ('loss' in metrics) {
    throw new ValueError(
      `${owner}: a metric is named 'loss', as the loss is: rename it`,
    )
  }
  const names = new Map<unknown, string>()
  for (const [name, metric] of Object.entries(metrics)) {
    const other = names.get(metric)
    names.set(metric, name)
    if (other === undefined) continue
    throw new ValueError(
      `${owner}: metrics.${name} is metrics.${other}: make one of its own for each`,
    )
  }
}

/** Names that cannot be watched are refused now, and not after the first epoch. */
function checkMonitor<Batch, Output, Target>({
  monitor = 'loss',
  metrics = {},
}: FitOptions<Batch, Output, Target>): void {
  checkWord('fit', 'monitor', monitor, ['loss', ...Object.keys(metrics)])
}
