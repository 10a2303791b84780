import type { EpochState } from './epoch.ts'
import type { EpochRecord } from './history.ts'

/** How far a training has come, as a checkpoint has it beside model and optimizer. */
export interface Progress {
  /** How often the optimizer has stepped. */
  readonly steps: number
  /** Whether training ended before the last epoch, as it did not help any more. */
  readonly isOver: boolean
  readonly history: readonly EpochRecord[]
  /** The epoch that is not over yet. */
  readonly epoch: EpochState
}

/** Whether a checkpoint's value is what `fit` wrote. */
export function isProgress(value: unknown): value is Progress {
  const { steps, isOver, history, epoch } = Object(value)
  const { batch, seconds, scores, rngAtBegin } = Object(epoch)
  const numbers = [steps, epoch?.epoch, batch, seconds]
  const objects = [history, scores, rngAtBegin]
  return (
    numbers.every((number) => typeof number === 'number' && number >= 0) &&
    objects.every((part) => typeof part === 'object' && part !== null) &&
    typeof isOver === 'boolean' &&
    Array.isArray(history)
  )
}
