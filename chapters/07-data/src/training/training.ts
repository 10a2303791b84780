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
  checkFit(options)
  const run = new Run(model, options)
  yield { type: 'begin', epochs: options.epochs }
  while (!run.isOver) yield* run.epoch()
  model.eval()
  yield { type: 'end', stopped: run.stopped }
  return run.history
}
