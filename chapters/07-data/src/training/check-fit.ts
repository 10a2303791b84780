import { Optimizer } from '@deepdive/optim'
import {
  checkCount,
  checkPositive,
  checkWord,
  describeValue,
  optionsOf,
  ValueError,
} from '@deepdive/tensor'
import type { FitOptions } from './options.ts'

/** Refuses options that make no sense, before anything has changed. */
export function checkFit<Batch, Output, Target>(
  options: FitOptions<Batch, Output, Target>,
): void {
  const { epochs, accumulate = 1, ...others } = optionsOf('fit', options)
  const { clipGradNorm = 1, clipGradValue = 1, scheduleEvery = 'step' } = others
  checkBatches('fit', 'train', options.train)
  if (others.validation !== undefined)
    checkBatches('fit', 'validation', others.validation)
  checkOptimizer(options.optimizer)
  checkLoss('fit', options.loss)
  checkCount('fit', { epochs, accumulate })
  checkPositive('fit', { clipGradNorm, clipGradValue })
  checkWord('fit', 'scheduleEvery', scheduleEvery, ['step', 'epoch'])
  checkMonitor(options)
}

/** Refuses what holds no batches, as a data set that no loader is around. */
export function checkBatches(owner: string, name: string, batches: unknown): void {
  if (typeof batches === 'function') return
  const found = Object(batches)
  if (Symbol.iterator in found || Symbol.asyncIterator in found) return
  throw new ValueError(
    `${owner}: ${name} is ${describeValue(batches)}: it must be batches, as a DataLoader or ` +
      'a list gives them',
  )
}

function checkOptimizer(optimizer: unknown): void {
  if (optimizer instanceof Optimizer) return
  throw new ValueError(
    `fit: optimizer is ${describeValue(optimizer)}: it must be an optimizer, as ` +
      'new optim.Adam(model.parameters())',
  )
}

/** Refuses a loss by its name, and a loss that was computed already. */
export function checkLoss(owner: string, loss: unknown): void {
  if (typeof loss === 'function' || typeof Object(loss).forward === 'function') return
  throw new ValueError(
    `${owner}: loss is ${describeValue(loss)}: it must be a function of output and ` +
      'target, as nn.functional.crossEntropy, or a layer, as new nn.CrossEntropyLoss()',
  )
}

/** Names that cannot be watched are refused now, and not after the first epoch. */
function checkMonitor<Batch, Output, Target>({
  monitor = 'loss',
  metrics = {},
}: FitOptions<Batch, Output, Target>): void {
  checkWord('fit', 'monitor', monitor, ['loss', ...Object.keys(metrics)])
  if (!('loss' in metrics)) return
  throw new ValueError("fit: a metric is named 'loss', as the loss is: rename it")
}
