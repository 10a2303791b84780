import type { Callback, TrainingEvent } from './events.ts'
import type { History } from './history.ts'
import type { FitOptions, Trainable } from './options.ts'
import { ProgressBar } from './progress-bar.ts'
import { training } from './training.ts'

/**
 * Trains a model: goes through the batches of `train` for a number of epochs, with each
 * of them zeroGrad, forward, loss, backward and step, and measures the model on
 * `validation` after each epoch. It shows how that goes, and leaves the model in
 * evaluation mode.
 *
 * @throws ValueError where an option makes no sense, or the loss is no finite number.
 * @example
 * manualSeed(1)
 * const x = rand([64, 2])
 * const y = x.sum(1, { keepdim: true })
 * const model = new nn.Linear(2, 1)
 * const history = await fit(model, {
 *   train: new data.DataLoader(new data.TensorDataset(x, y), { batchSize: 16 }),
 *   loss: nn.functional.mseLoss,
 *   optimizer: new optim.Adam(model.parameters(), { lr: 0.1 }),
 *   epochs: 30,
 *   progress: false,
 * })
 * history.epochs.at(-1).train.loss < 0.001 // → true
 */
export async function fit<Batch, Output, Target>(
  model: Trainable<Output>,
  options: FitOptions<Batch, Output, Target>,
): Promise<History> {
  const events = training(model, options)
  // Before its first event it has checked all options.
  let next = await events.next()
  const { callbacks = [], progress = true, metrics } = options
  const bar = new ProgressBar(metrics)
  const listeners = progress ? [bar.show, ...callbacks] : callbacks
  try {
    while (!next.done) next = await events.next(await tell(listeners, next.value))
    return next.value
  } catch (error) {
    bar.clear()
    // A listener may have thrown: then the training does not know yet.
    await events.throw(error)
    throw error
  }
}

/** Tells one listener after another, and whether any of them answers 'stop'. */
async function tell(
  listeners: readonly Callback[],
  event: TrainingEvent,
): Promise<'stop' | undefined> {
  let stop = false
  for (const listener of listeners) stop = (await listener(event)) === 'stop' || stop
  return stop ? 'stop' : undefined
}
