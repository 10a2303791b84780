import { terminal } from '#terminal'
import { checkFit } from './check-fit.ts'
import type { TrainingEvent } from './events.ts'
import type { History } from './history.ts'
import type { FitOptions, Trainable } from './options.ts'
import { Run } from './run.ts'

/**
 * Trains as `fit` does, and tells as it goes, by events that can be posted from a Web
 * Worker to its page. Whoever leaves the loop ends the training.
 *
 * @throws ValueError where an option makes no sense, or the loss is no finite number.
 * @example
 * const model = new nn.Linear(1, 1)
 * const events = training(model, {
 *   train: [[tensor([[1], [2]]), tensor([[2], [4]])]],
 *   loss: nn.functional.mseLoss,
 *   optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
 *   epochs: 2,
 * })
 * const seen = []
 * for await (const { type } of events) seen.push(type)
 * seen // → ['begin', 'step', 'epoch', 'step', 'epoch', 'end']
 */
export async function* training<Batch, Output, Target>(
  model: Trainable<Output>,
  options: FitOptions<Batch, Output, Target>,
): AsyncGenerator<TrainingEvent, History, unknown> {
  checkFit(model, options)
  const run = new Run(model, options)
  await run.resume()
  let interrupted = false
  const interrupt = () => {
    interrupted = run.stopped = true
  }
  // Without a checkpoint nothing would be gained by waiting for the end of the step.
  const release = options.checkpoint ? terminal.onInterrupt(interrupt) : () => {}
  try {
    run.hear(yield { type: 'begin', epochs: options.epochs, step: run.steps })
    while (!run.isOver) yield* run.epoch()
    yield* run.save()
  } finally {
    release()
  }
  model.eval()
  yield { type: 'end', step: run.steps, stopped: run.stopped, interrupted }
  if (interrupted) terminal.interrupt()
  return run.history
}
