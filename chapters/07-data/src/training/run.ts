import { scope } from '@deepdive/gpu'
import { ValueError } from '@deepdive/tensor'
import { type BatchSource, countOf, sourceOf } from './batches.ts'
import { scoresOf } from './evaluate.ts'
import type { EpochEvent, StepEvent } from './events.ts'
import { forwardPass, type Passed } from './forward-pass.ts'
import { History, type Scores } from './history.ts'
import { Learner } from './learner.ts'
import type { FitOptions, Trainable } from './options.ts'
import { Pace } from './pace.ts'
import { Pause } from './pause.ts'
import { RunningScores } from './running-scores.ts'

/** A training on its way. */
export class Run<Batch, Output, Target> {
  readonly history = new History()
  /** Whether it is to end before the last epoch. */
  stopped = false
  /** How many epochs have begun, and how many batches of the last were learned from. */
  #epoch = 0
  #batch = 0
  /** How many batches the epoch has, if that is known. */
  #batches: number | undefined
  #scores: RunningScores<Output, Target>
  readonly #model: Trainable<Output>
  readonly #options: FitOptions<Batch, Output, Target>
  readonly #forward: (batch: Batch) => Passed<Output, Target>
  readonly #pace: Pace
  readonly #learner: Learner<Batch, Output, Target>
  readonly #pause = new Pause()

  constructor(model: Trainable<Output>, options: FitOptions<Batch, Output, Target>) {
    this.#model = model
    this.#options = options
    this.#scores = new RunningScores<Output, Target>()
    this.#forward = forwardPass(model, options)
    this.#pace = new Pace(options)
    this.#learner = new Learner(this.#forward, options, this.#pace)
  }

  get isOver(): boolean {
    return this.stopped || this.#epoch >= this.#options.epochs
  }

  /** Learns from each batch once, and tells after each of them and after the last. */
  async *epoch(): AsyncGenerator<StepEvent | EpochEvent, void, unknown> {
    const source = sourceOf(this.#options.train)
    await this.#begin(source)
    const started = performance.now()
    for await (const batch of source) {
      scope(() => this.#scores.take(this.#learner.learn(batch)))
      await this.#scores.keepUp()
      this.stopped = (yield this.#stepEvent()) === 'stop'
      if (this.stopped) return
      await this.#pause.ifDue()
    }
    scope(() => this.#learner.step())
    const answer = yield await this.#end(performance.now() - started)
    this.stopped ||= answer === 'stop'
  }

  async #begin(source: BatchSource<Batch>): Promise<void> {
    this.#epoch++
    this.#batch = 0
    this.#batches = await countOf(source)
    this.#scores = this.#newScores()
    this.#model.train()
  }

  /** A loss that is no number any more never becomes one again. */
  #newScores(): RunningScores<Output, Target> {
    let batch = 0
    return new RunningScores(this.#options.metrics, (loss) => {
      batch++
      if (Number.isFinite(loss)) return
      throw new ValueError(
        `fit: the loss is ${loss} at batch ${batch} of epoch ${this.#epoch}: use a lower ` +
          'learning rate or clipGradNorm, or look for its cause by detectAnomaly',
      )
    })
  }

  #stepEvent(): StepEvent {
    const { lastLoss: loss, meanLoss } = this.#scores
    this.#batch++
    return {
      type: 'step',
      epoch: this.#epoch,
      epochs: this.#options.epochs,
      batch: this.#batch,
      batches: this.#batches,
      step: this.#learner.steps,
      loss,
      meanLoss,
    }
  }

  /** Validates, and lets those have a say who look at what an epoch came to. */
  async #end(milliseconds: number): Promise<EpochEvent> {
    const { epochs, optimizer, earlyStopping, monitor = 'loss' } = this.#options
    const train = await this.#scores.read('fit: train')
    const record = {
      epoch: this.#epoch,
      step: this.#learner.steps,
      batches: this.#batch,
      seconds: milliseconds / 1000,
      train,
      ...(await this.#validate()),
      lr: optimizer.paramGroups.map(({ lr }) => lr),
    }
    this.history.epochs.push(record)
    const watched = watchedOf(record.validation ?? train, monitor)
    this.#pace.afterEpoch(watched)
    this.stopped = earlyStopping?.step(watched) ?? false
    return { type: 'epoch', epochs, ...record }
  }

  async #validate(): Promise<{ readonly validation?: Scores }> {
    const { validation, metrics } = this.#options
    if (validation === undefined) return {}
    return {
      validation: await scoresOf(
        'fit: validation',
        this.#model,
        validation,
        this.#forward,
        metrics,
      ),
    }
  }
}

function watchedOf(scores: Scores, monitor: string): number {
  const watched = scores[monitor]
  if (typeof watched === 'number') return watched
  throw new ValueError(
    `fit: monitor is '${monitor}': that metric is no number which could be watched`,
  )
}
