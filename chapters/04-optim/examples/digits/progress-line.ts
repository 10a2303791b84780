import { Presets, SingleBar } from 'cli-progress'

/**
 * How an epoch goes: a live bar in a terminal, and a plain line at its end, with the
 * mean loss, the accuracy and the time for a step.
 */
export class ProgressLine {
  readonly #title: string
  readonly #steps: number
  readonly #started = performance.now()
  readonly #bar: SingleBar | undefined
  #done = 0
  #totalLoss = 0
  #elapsed = 0

  constructor(title: string, steps: number) {
    this.#title = title
    this.#steps = steps
    if (!process.stdout.isTTY) return
    const format = `${title} {bar} {value}/{total}  loss {loss}`
    const settings = {
      format,
      stream: process.stdout,
      clearOnComplete: true,
      // What is switched off would stay off after Ctrl-C.
      linewrap: true,
      barsize: Math.max(5, Math.min(40, (process.stdout.columns || 80) - 40)),
    }
    this.#bar = new SingleBar(settings, Presets.shades_classic)
    this.#bar.start(steps, 0, { loss: '-' })
  }

  advance(loss: number): void {
    this.#done++
    this.#totalLoss += loss
    this.#elapsed = performance.now() - this.#started
    this.#bar?.update(this.#done, { loss: this.#meanLoss() })
  }

  finish(accuracy: number): void {
    this.#bar?.stop()
    console.log(
      `${this.#title}  loss ${this.#meanLoss()}  ` +
        `test accuracy ${(100 * accuracy).toFixed(2)} %  ` +
        `${(this.#elapsed / this.#steps).toFixed(1)} ms a step`,
    )
  }

  #meanLoss(): string {
    return (this.#totalLoss / this.#done).toFixed(4)
  }
}
