import { terminal } from '#terminal'
import type { EpochEvent, StepEvent, TrainingEvent } from './events.ts'
import { formatPace, formatScores, formatTime } from './format.ts'
import type { MetricOf } from './options.ts'

/** The least time between two pictures of the bar, in milliseconds. */
const interval = 100
const widest = 30

/** What the bar shows of a metric. */
type Shown = Readonly<Record<string, Pick<MetricOf<never, never>, 'unit' | 'compute'>>>

/**
 * How training goes: a live line in a terminal, with rate, time left, loss and metrics,
 * and a line for each epoch that stays; in a file or a page's console only the latter.
 */
export class ProgressBar {
  readonly #metrics: Shown
  #epochStarted = 0
  #drawn = 0
  /** How many batches an epoch has, once one is over. */
  #batches: number | undefined

  constructor(metrics: Shown = {}) {
    this.#metrics = metrics
  }

  /** Takes in what happened, as a callback of `fit`. */
  readonly show = async (event: TrainingEvent): Promise<void> => {
    if (event.type === 'step') await this.#step(event)
    if (event.type === 'epoch') this.#epoch(event)
    if (event.type === 'begin' || event.type === 'epoch') {
      this.#epochStarted = performance.now()
    }
    if (event.type === 'begin' && event.step > 0) {
      terminal.print(`going on after step ${event.step}`)
    }
    if (event.type === 'end' && event.interrupted) {
      terminal.print(
        `interrupted after step ${event.step}: checkpoint: { resume: true } goes on there`,
      )
    }
  }

  async #step(event: StepEvent): Promise<void> {
    const { columns } = terminal
    const now = performance.now()
    if (columns === undefined || now - this.#drawn < interval) return
    this.#drawn = now
    const batches = event.batches ?? this.#batches
    const seconds = (now - this.#epochStarted) / 1000
    const texts = [
      formatScores({ loss: event.meanLoss, ...(await this.#scores()) }, this.#metrics),
      formatPace(seconds, event.batch),
      ...timeLeft(event, batches, seconds),
    ]
    terminal.draw(drawLine(event, batches, texts.join('  '), columns))
  }

  async #scores(): Promise<Record<string, number | number[][]>> {
    const names = Object.keys(this.#metrics)
    const scores = names.map((name) => this.#metrics[name].compute())
    const values = await Promise.all(scores)
    return Object.fromEntries(names.map((name, n) => [name, values[n]]))
  }

  #epoch(event: EpochEvent): void {
    const { epoch, epochs, train, validation, seconds, batches } = event
    this.#batches = batches
    const texts = [`epoch ${epoch}/${epochs}`, formatScores(train, this.#metrics)]
    if (validation) texts.push(`validation ${formatScores(validation, this.#metrics)}`)
    terminal.print([...texts, formatPace(seconds, batches)].join('  '))
  }
}

function timeLeft(
  { epoch, epochs, batch }: StepEvent,
  batches: number | undefined,
  seconds: number,
): string[] {
  if (batches === undefined) return []
  const left = batches - batch + (epochs - epoch) * batches
  return [`${formatTime((seconds / batch) * left)} left`]
}

/** `epoch 2/6 ███████░░░  87/125  …`, the bar as wide as there is room for it. */
function drawLine(
  { epoch, epochs, batch }: StepEvent,
  batches: number | undefined,
  text: string,
  columns: number,
): string {
  const title = `epoch ${epoch}/${epochs} `
  const count = batches === undefined ? `${batch}  ` : `  ${batch}/${batches}  `
  const room = columns - 1 - title.length - count.length - text.length
  const width = batches === undefined ? 0 : Math.max(0, Math.min(widest, room))
  const done = Math.min(width, Math.round((batch / (batches ?? batch)) * width))
  const bar = '█'.repeat(done) + '░'.repeat(width - done)
  return `${title}${bar}${count}${text}`.slice(0, columns - 1)
}
