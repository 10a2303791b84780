import { checkNames, optionsOf, ValueError } from '@deepdive/tensor'
import { checkFunction, checkKind, isIterable } from '../datasets/check-kind.ts'
import { isRecord } from '../loader/alike.ts'
import type { EvaluateOptions } from './options.ts'

/** What can be measured, and how. */
export const measuring: Record<keyof EvaluateOptions<unknown, unknown, unknown>, true> =
  {
    loss: true,
    metrics: true,
    split: true,
    device: true,
  }

/** Refuses an option of `evaluate` that there is not, as one that is misspelt. */
export function checkEvaluate(options: object): void {
  checkNames('evaluate', optionsOf('evaluate', options), measuring)
}

/** Refuses what holds no batches, as a data set that no loader is around. */
export function checkBatches(owner: string, name: string, batches: unknown): void {
  const rule = 'batches, as a DataLoader or a list gives them'
  checkKind(owner, { [name]: batches }, rule, (value) => {
    return typeof value === 'function' || isIterable(value)
  })
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

/** Refuses metrics and devices by their names, and a split that cannot be called. */
export function checkMeasuring<Batch, Output, Target>(
  owner: string,
  { loss, metrics = {}, split, device }: EvaluateOptions<Batch, Output, Target>,
): void {
  checkLoss(owner, loss)
  checkKind(owner, { metrics }, 'an object of metrics by their names', isRecord)
  for (const [name, metric] of Object.entries(metrics)) {
    const rule = 'a metric, as new metrics.Accuracy()'
    checkKind(owner, { [`metrics.${name}`]: metric }, rule, isMetric)
  }
  checkMetricNames(owner, metrics)
  if (split !== undefined) checkFunction(owner, { split })
  const isDevice = (value: unknown) => {
    return value === undefined || typeof Object(value).upload === 'function'
  }
  checkKind(owner, { device }, "a device, as await device('webgpu') gives it", isDevice)
}

function isMetric(value: unknown): boolean {
  const { update, compute, reset } = Object(value)
  return [update, compute, reset].every((item) => typeof item === 'function')
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
