import { noGrad } from '@deepdive/autograd'
import { scope } from '@deepdive/gpu'
import type { Module } from '@deepdive/nn'
import { type Batches, sourceOf } from './batches.ts'
import { checkBatches, checkEvaluate, checkMeasuring } from './check-measuring.ts'
import { checkModel } from './check-model.ts'
import { forwardPass, type Passed } from './forward-pass.ts'
import type { Scores } from './history.ts'
import type { EvaluateOptions, Metrics, Trainable } from './options.ts'
import { Pause } from './pause.ts'
import { RunningScores } from './running-scores.ts'

/**
 * The mean loss and the metrics of a model over all batches, in evaluation mode and
 * without a graph. The model is left in the mode that it was in.
 *
 * @throws ValueError where there are no batches.
 * @example
 * const model = new nn.Linear(2, 3)
 * const images = new data.TensorDataset(rand([6, 2]), randint(3, [6]))
 * const scores = await evaluate(model, new data.DataLoader(images), {
 *   loss: nn.functional.crossEntropy,
 *   metrics: { accuracy: new metrics.Accuracy() },
 * })
 * Object.keys(scores) // → ['loss', 'accuracy']
 */
export async function evaluate<Batch, Output, Target>(
  model: Trainable<Output>,
  batches: Batches<Batch>,
  options: EvaluateOptions<Batch, Output, Target>,
): Promise<Scores> {
  checkModel('evaluate', model)
  checkBatches('evaluate', 'batches', batches)
  checkEvaluate(options)
  checkMeasuring('evaluate', options)
  const forward = forwardPass('evaluate', model, options)
  return scoresOf('evaluate', model, batches, forward, options.metrics)
}

/** The same by a forward pass that is there already. */
export async function scoresOf<Batch, Output, Target>(
  owner: string,
  model: Module,
  batches: Batches<Batch>,
  forward: (batch: Batch) => Passed<Output, Target>,
  metrics?: Metrics<Output, Target>,
): Promise<Scores> {
  const scores = new RunningScores(metrics)
  const pause = new Pause()
  const inTraining = model.modules().filter(({ training }) => training)
  model.eval()
  try {
    for await (const batch of sourceOf(batches)) {
      noGrad(() => scope(() => scores.take(forward(batch))))
      await scores.keepUp()
      await pause.ifDue()
    }
  } finally {
    for (const module of inTraining) module.training = true
  }
  return scores.read(owner)
}
