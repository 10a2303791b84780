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
  /** When the first batch that this epoch still had began, and its number. */
  #started = 0
  #first: number | undefined
  #drawn = 0
  /** Whether there is a live line that nothing has been written over. */
  #isLive = false
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
      this.#started = performance.now()
      this.#first = undefined
    }
    if (event.type === 'begin' && event.step > 0) {
      terminal.print(`going on after step ${event.step}`)
    }
    if (event.type === 'end') this.clear()
    if (event.type === 'end' && event.interrupted) {
      terminal.print(
        `interrupted after step ${event.step}: checkpoint: { resume: true } goes on there`,
      )
    }
  }

  /** Takes away the live line, where training ends before the epoch does. */
  clear(): void {
    if (this.#isLive) terminal.draw('')
    this.#isLive = false
  }

  async #step(event: StepEvent): Promise<void> {
    this.#first ??= event.batch
    const { columns } = terminal
    const now = performance.now()
    if (columns === undefined || now - this.#drawn < interval) return
    this.#drawn = now
    const batches = event.batches ?? this.#batches
    const seconds = (now - this.#started) / 1000
    // An epoch that is taken up again began in its middle.
    const done = event.batch - this.#first + 1
    const texts = [
      formatScores({ loss: event.meanLoss, ...(await this.#scores()) }, this.#metrics),
      formatPace(seconds, done),
      ...timeLeft(event, batches, seconds / done),
    ]
    terminal.draw(drawLine(event, batches, texts.join('  '), columns))
    this.#isLive = true
  }

  /** What metrics say so far; some say nothing of so few batches. */
  async #scores(): Promise<Record<string, number | number[][]>> {
    const entries = Object.entries(this.#metrics).map(async ([name, metric]) => {
      try {
        return [[name, await metric.compute()] as const]
      } catch {
        return []
      }
    })
    return Object.fromEntries((await Promise.all(entries)).flat())
  }

  #epoch(event: EpochEvent): void {
    const { epoch, epochs, train, validation, seconds, batches } = event
    this.#batches = batches
    this.#isLive = false
    const texts = [`epoch ${epoch}/${epochs}`, formatScores(train, this.#metrics)]
    if (validation) texts.push(`validation ${formatScores(validation, this.#metrics)}`)
    terminal.print([...texts, formatPace(seconds, batches)].join('  '))
  }
}

function timeLeft(
  { epoch, epochs, batch }: StepEvent,
  batches: number | undefined,
  secondsEach: number,
): string[] {
  if (batches === undefined) return []
  const left = batches - batch + (epochs - epoch) * batches
  return [`${formatTime(secondsEach * left)} left`]
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
