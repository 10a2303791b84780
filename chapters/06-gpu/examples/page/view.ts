import { LossCurve } from './curve.ts'
import type { Digits } from './digits.ts'
import { byId, say } from './page.ts'
import { Samples } from './samples.ts'

/** How long a picture stands at least, in milliseconds. */
const patience = 40

/** What the page shows of a training. */
export class View {
  readonly #curve: LossCurve
  readonly #samples: Samples
  #step = 0
  #drawn = performance.now()

  private constructor(curve: LossCurve, samples: Samples) {
    this.#curve = curve
    this.#samples = samples
  }

  /** For so many epochs of so many steps, and the digits to be tested on. */
  static async of(epochs: number, steps: number, test: Digits): Promise<View> {
    const curve = new LossCurve(byId('curve', SVGSVGElement), epochs, steps)
    return new View(curve, await Samples.of(byId('samples'), test))
  }

  /** Shows the loss of one more step; lets the browser draw, and hear of clicks. */
  async step(loss: number, ms: number): Promise<void> {
    this.#step++
    this.#curve.add(loss)
    say('step', String(this.#step))
    say('loss', loss.toFixed(3))
    say('time', `${ms.toFixed(1)} ms`)
    if (performance.now() - this.#drawn < patience) return
    this.#curve.draw()
    await new Promise((resolve) => setTimeout(resolve))
    this.#drawn = performance.now()
  }

  /** Shows what the test digits were taken for. */
  test(guesses: ArrayLike<number>): string {
    const right = `${(100 * this.#samples.judge(guesses)).toFixed(1)} %`
    say('accuracy', right)
    this.#curve.draw()
    return right
  }
}
