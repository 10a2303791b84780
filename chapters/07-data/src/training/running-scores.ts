import { noGrad, type Tensor } from '@deepdive/autograd'
import { ValueError } from '@deepdive/tensor'
import { isStateful } from '../files/checkpoint/stateful.ts'
import type { Passed } from './forward-pass.ts'
import type { Scores } from './history.ts'
import type { Metrics } from './options.ts'

/** By how many batches a GPU may be behind, so that it never waits for the next. */
const usualLag = 2

/** What was read so far, as a checkpoint holds it. */
export interface ScoresState {
  readonly sum: number
  readonly samples: number
  readonly lastLoss: number
  /** Of those metrics that have a state. */
  readonly metrics: Readonly<Record<string, unknown>>
}

/** The mean loss and the metrics of the batches so far. */
export class RunningScores<Output, Target> {
  /** The loss of the last batch that was read. */
  lastLoss = Number.NaN
  #sum = 0
  #samples = 0
  readonly #metrics: Metrics<Output, Target>
  readonly #check: (loss: number) => void
  readonly #unread: Promise<void>[] = []
  #lag = 0

  /** `check` may refuse the loss of a batch. */
  constructor(metrics: Metrics<Output, Target> = {}, check = (_loss: number) => {}) {
    this.#metrics = metrics
    this.#check = check
    for (const metric of Object.values(metrics)) metric.reset()
  }

  /** Takes in one batch; it does not wait for the device. */
  take({ loss, output, target, samples }: Passed<Output, Target>): void {
    this.#lag = loss.device.name === 'cpu' ? 0 : usualLag
    const read = this.#read(loss.cpu(), samples)
    // Whoever waits hears of an error, though it came before.
    read.catch(() => {})
    this.#unread.push(read)
    noGrad(() => {
      for (const metric of Object.values(this.#metrics)) metric.update(output, target)
    })
  }

  async #read(loss: Promise<Tensor>, samples: number): Promise<void> {
    this.lastLoss = (await loss).item()
    this.#check(this.lastLoss)
    this.#sum += this.lastLoss * samples
    this.#samples += samples
  }

  /** Waits for the first loss, and then until a GPU has nearly caught up. */
  async keepUp(): Promise<void> {
    await this.#readDownTo(this.#samples === 0 ? 0 : this.#lag)
  }

  async #readDownTo(count: number): Promise<void> {
    while (this.#unread.length > count) await this.#unread.shift()
  }

  /** The mean over all samples that were read. */
  get meanLoss(): number {
    return this.#sum / this.#samples
  }

  /** The scores of all batches. */
  async read(owner: string): Promise<Scores> {
    await this.#readDownTo(0)
    if (this.#samples === 0) {
      throw new ValueError(
        `${owner}: there were no batches: a generator gives its own only once: pass a ` +
          'list, a DataLoader, or a function that makes a generator for each epoch',
      )
    }
    const scores: Record<string, number | number[][]> = {}
    for (const [name, metric] of Object.entries(this.#metrics)) {
      scores[name] = await metric.compute()
    }
    return { loss: this.meanLoss, ...scores }
  }

  /** Waits for all batches, and tells what they came to. */
  async stateDict(): Promise<ScoresState> {
    await this.#readDownTo(0)
    const metrics: Record<string, unknown> = {}
    for (const [name, metric] of Object.entries(this.#metrics)) {
      if (isStateful(metric)) metrics[name] = await metric.stateDict()
    }
    const [sum, samples, lastLoss] = [this.#sum, this.#samples, this.lastLoss]
    return { sum, samples, lastLoss, metrics }
  }

  /** Goes on from there. */
  loadStateDict({ sum, samples, lastLoss, metrics }: ScoresState): void {
    this.#sum = sum
    this.#samples = samples
    this.lastLoss = lastLoss
    for (const [name, metric] of Object.entries(this.#metrics)) {
      if (isStateful(metric) && name in metrics) metric.loadStateDict(metrics[name])
    }
  }
}
