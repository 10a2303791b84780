import {
  getRngState,
  type RandomState,
  setRngState,
  ValueError,
} from '@deepdive/tensor'
import { type BatchSource, batchesFrom } from './batches.ts'
import type { StepEvent } from './events.ts'
import type { Metrics } from './options.ts'
import { RunningScores, type ScoresState } from './running-scores.ts'

/** How far an epoch has come. */
export interface EpochState {
  readonly epoch: number
  /** How many batches were learned from, in how many seconds. */
  readonly batch: number
  readonly seconds: number
  /** Of how many batches, if that was known. */
  readonly batches?: number | undefined
  readonly scores: ScoresState
  /** Random numbers as they were before the first batch, which may draw their order. */
  readonly rngAtBegin: RandomState
}

/** An epoch on its way. */
export class Epoch<Output, Target> {
  /** Counted from 1. */
  readonly number: number
  /** How many batches were learned from, of how many if that is known. */
  batch = 0
  batches: number | undefined
  readonly scores: RunningScores<Output, Target>
  #started = performance.now()
  #rngAtBegin = getRngState()
  /** Random numbers as they were where an interrupted epoch goes on. */
  #rngAtResume: RandomState | undefined

  constructor(number: number, metrics: Metrics<Output, Target> | undefined) {
    this.number = number
    this.scores = new RunningScores(metrics, (loss) => this.#check(loss))
  }

  /** A loss that is no number any more never becomes one again. */
  #check(loss: number): void {
    if (Number.isFinite(loss)) return
    throw new ValueError(
      `fit: the loss is ${loss} at batch ${this.batch} of epoch ${this.number}: use a ` +
        'lower learning rate or clipGradNorm, or look for its cause by detectAnomaly',
    )
  }

  /**
   * Takes note of how many batches there are, if that is known. In batches of another
   * size, those left would not be of the samples that nothing was learned from yet.
   */
  begin(batches: number | undefined): void {
    const { number, batch, batches: before } = this
    this.batches = batches
    if (batch === 0 || batches === before) return
    if (batches === undefined || before === undefined) return
    throw new ValueError(
      `fit: checkpoint: epoch ${number} was left after ${batch} of ${before} batches, ` +
        `and now it has ${batches}: resume it with batches of the same size`,
    )
  }

  get seconds(): number {
    return (performance.now() - this.#started) / 1000
  }

  /**
   * The batches that have not been learned from. What knows where it was gives those
   * alone; of any other source the first are passed over, drawn as they were before.
   */
  rest<Batch>(source: BatchSource<Batch>, knows: boolean): BatchSource<Batch> {
    const now = this.#rngAtResume
    if (knows || now === undefined) return source
    setRngState(this.#rngAtBegin)
    return batchesFrom(source, this.batch, () => setRngState(now))
  }

  stepEvent(epochs: number, step: number): StepEvent {
    const { number: epoch, batch, batches } = this
    const { lastLoss: loss, meanLoss } = this.scores
    return { type: 'step', epoch, epochs, batch, batches, step, loss, meanLoss }
  }

  async stateDict(): Promise<EpochState> {
    const { number: epoch, batch, batches, seconds } = this
    const scores = await this.scores.stateDict()
    return { epoch, batch, batches, seconds, scores, rngAtBegin: this.#rngAtBegin }
  }

  /** Goes on from there; the random state is that of where it was interrupted. */
  loadStateDict({ batch, batches, seconds, scores, rngAtBegin }: EpochState): void {
    this.batch = batch
    this.batches = batches
    this.#started = performance.now() - 1000 * seconds
    this.scores.loadStateDict(scores)
    this.#rngAtBegin = rngAtBegin
    this.#rngAtResume = getRngState()
  }
}
