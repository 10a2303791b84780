import { scope } from '@deepdive/gpu'
import { ValueError } from '@deepdive/tensor'
import { isStateful } from '../files/checkpoint/stateful.ts'
import { countOf, sourceOf } from './batches.ts'
import { Checkpoints } from './checkpoints.ts'
import { Epoch } from './epoch.ts'
import { scoresOf } from './evaluate.ts'
import type { TrainingEvent } from './events.ts'
import { forwardPass, type Passed } from './forward-pass.ts'
import { type EpochRecord, History, type Scores } from './history.ts'
import { Learner } from './learner.ts'
import type { FitOptions, Trainable } from './options.ts'
import { Pace } from './pace.ts'
import { Pause } from './pause.ts'

type Events = AsyncGenerator<TrainingEvent, void, unknown>

/** A training on its way. */
export class Run<Batch, Output, Target> {
  history = new History()
  /** Whether someone asked to stop. */
  stopped = false
  /** Whether to go on does not help any more. */
  #isOver = false
  #epoch: Epoch<Output, Target>
  readonly #model: Trainable<Output>
  readonly #options: FitOptions<Batch, Output, Target>
  readonly #forward: (batch: Batch) => Passed<Output, Target>
  readonly #pace: Pace
  readonly #learner: Learner<Batch, Output, Target>
  readonly #pause = new Pause()
  readonly #checkpoints: Checkpoints | undefined

  constructor(model: Trainable<Output>, options: FitOptions<Batch, Output, Target>) {
    const { checkpoint, optimizer, schedule, earlyStopping, train } = options
    this.#model = model
    this.#options = options
    this.#forward = forwardPass('fit', model, options)
    this.#pace = new Pace(options)
    this.#learner = new Learner(this.#forward, options, this.#pace)
    this.#epoch = new Epoch(1, options.metrics)
    const parts = { model, optimizer, schedule, earlyStopping, train }
    this.#checkpoints = checkpoint && new Checkpoints(checkpoint, parts)
  }

  /** How often the optimizer has stepped. */
  get steps(): number {
    return this.#learner.steps
  }

  get isOver(): boolean {
    const { epochs } = this.#options
    return this.stopped || this.#isOver || this.#epoch.number > epochs
  }

  /** Learns from each batch once, and tells after each of them and after the last. */
  async *epoch(): Events {
    const { train, epochs } = this.#options
    const epoch = this.#epoch
    const source = sourceOf(train)
    epoch.begin(await countOf(source))
    this.#model.train()
    for await (const batch of epoch.rest(source, isStateful(train))) {
      scope(() => epoch.scores.take(this.#learner.learn(batch)))
      epoch.batch++
      await epoch.scores.keepUp()
      this.hear(yield epoch.stepEvent(epochs, this.steps))
      await this.#pause.ifDue()
      // Gradients that wait for a step are in no checkpoint.
      if (!this.#learner.isIdle) continue
      if (this.#checkpoints?.isDue(this.steps)) yield* this.save()
      if (this.stopped) return
    }
    scope(() => this.#learner.step())
    const record = await this.#end()
    yield* this.save()
    this.hear(yield { type: 'epoch', epochs, ...record })
  }

  /** Takes the answer to an event. */
  hear(answer: unknown): void {
    if (answer === 'stop') this.stopped = true
  }

  /** Validates, and lets those have a say who look at what an epoch came to. */
  async #end(): Promise<EpochRecord> {
    const { optimizer, earlyStopping, metrics, monitor = 'loss' } = this.#options
    const { number, batch: batches, seconds, scores } = this.#epoch
    const train = await scores.read('fit: train')
    const record = {
      ...{ epoch: number, step: this.steps, batches, seconds, train },
      ...(await this.#validate()),
      lr: optimizer.paramGroups.map(({ lr }) => lr),
    }
    this.history.epochs.push(record)
    const watched = watchedOf(record.validation ?? train, monitor)
    this.#pace.afterEpoch(watched)
    this.#isOver = earlyStopping?.step(watched) ?? false
    this.#epoch = new Epoch(number + 1, metrics)
    return record
  }

  async #validate(): Promise<{ readonly validation?: Scores }> {
    const { validation, metrics } = this.#options
    if (validation === undefined) return {}
    const scores = await scoresOf(
      'fit: validation',
      this.#model,
      validation,
      this.#forward,
      metrics,
    )
    return { validation: scores }
  }

  /** Writes a checkpoint, if that is wanted, and there is anything new. */
  async *save(): Events {
    if (!this.#checkpoints) return
    const progress = {
      steps: this.steps,
      isOver: this.#isOver,
      history: this.history.epochs,
      epoch: await this.#epoch.stateDict(),
    }
    if (!(await this.#checkpoints.save(progress))) return
    this.hear(yield { type: 'checkpoint', epoch: this.#epoch.number, step: this.steps })
  }

  /** Goes on where a checkpoint was written, if that is wanted, and there is one. */
  async resume(): Promise<void> {
    const found = await this.#checkpoints?.resume()
    if (found === undefined) return
    this.#learner.steps = found.steps
    this.#isOver = found.isOver
    this.history = new History(found.history)
    this.#epoch = new Epoch(found.epoch.epoch, this.#options.metrics)
    this.#epoch.loadStateDict(found.epoch)
  }
}

function watchedOf(scores: Scores, monitor: string): number {
  const watched = scores[monitor]
  if (typeof watched === 'number') return watched
  throw new ValueError(
    `fit: monitor is '${monitor}': that metric is no number which could be watched`,
  )
}
