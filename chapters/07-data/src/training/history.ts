import { checkWord, optionsOf, ValueError } from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { type FileTarget, writeFile } from '../files/target.ts'
import { chartOf } from './plot/chart.ts'
import { pageOf } from './plot/page.ts'
import { panelsOf } from './plot/panels.ts'
import { renderChart } from './plot/render.ts'

/** A loss, and metrics by their names; a confusion matrix is one too. */
export interface Scores {
  readonly loss: number
  readonly [metric: string]: number | number[][]
}

/** What an epoch came to. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number
  /** How often the optimizer has stepped, through all epochs. */
  readonly step: number
  /** How many batches the epoch had, and how long it took to learn from them. */
  readonly batches: number
  readonly seconds: number
  /** Scores while learning, of a model that changed from batch to batch. */
  readonly train: Scores
  /** Scores after the epoch, on what is not learned from. */
  readonly validation?: Scores
  /** The learning rate of each group of parameters in the last step. */
  readonly lr: readonly number[]
}

export interface PlotOptions {
  /** What classes are called. Default: by their numbers. */
  readonly classes?: readonly string[]
  /** Default: 'html' for a file whose name ends so, else 'svg'. */
  readonly format?: 'svg' | 'html'
}

/**
 * What all epochs came to, as `fit` returns it.
 *
 * @example
 * const model = new nn.Linear(1, 1)
 * const history = await fit(model, {
 *   train: [[ones([4, 1]), zeros([4, 1])]],
 *   loss: nn.functional.mseLoss,
 *   optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
 *   epochs: 3,
 *   progress: false,
 * })
 * history.epochs.map(({ epoch, step }) => [epoch, step]) // → [[1, 1], [2, 2], [3, 3]]
 */
export class History {
  readonly epochs: EpochRecord[]

  constructor(epochs: readonly EpochRecord[] = []) {
    checkKind('History', { epochs }, 'a list', Array.isArray)
    this.epochs = [...epochs]
  }

  /**
   * Draws loss, metrics and learning rates over the epochs, and a confusion matrix as it
   * was after the last, by the package echarts. It returns the picture as SVG, or a page
   * around it as HTML, and writes it where a target is given: `plot('history.html')`.
   *
   * @throws ValueError where there is nothing to draw, or no echarts.
   * @throws FileError where the file cannot be written.
   * @example
   * const [train, validation] = [{ loss: 0.5 }, { loss: 0.7 }]
   * const epoch = { epoch: 1, step: 9, batches: 9, seconds: 1, lr: [0.1] }
   * const svg = await new History([{ ...epoch, train, validation }]).plot()
   * svg.slice(0, 4) // → <svg
   */
  async plot(target?: FileTarget, options: PlotOptions = {}): Promise<string> {
    const { classes, format = formatOf(target) } = optionsOf('plot', options)
    checkWord('plot', 'format', format, ['svg', 'html'])
    if (this.epochs.length === 0) {
      throw new ValueError('plot: no epoch is over, so there is nothing to draw')
    }
    const panels = panelsOf(this.epochs)
    const svg = await renderChart(chartOf(panels, classes), panels.length)
    const text = format === 'html' ? pageOf(svg, this.epochs) : svg
    if (target) await writeFile('plot', target, [new TextEncoder().encode(text)])
    return text
  }
}

function formatOf(target: FileTarget | undefined): 'svg' | 'html' {
  const name = Object(target).href ?? target
  return String(name).toLowerCase().endsWith('.html') ? 'html' : 'svg'
}
