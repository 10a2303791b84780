const [width, height, left, bottom] = [640, 240, 34, 22]
/**
 * What the loss of ten classes is before anything is learned: log 10, and some more.
 */
const highest = 2.5

/** The losses of all steps so far, as a curve in an SVG. */
export class LossCurve {
  readonly #losses: number[] = []
  readonly #steps: number
  readonly #batches: SVGPathElement
  readonly #mean: SVGPathElement

  constructor(svg: SVGSVGElement, epochs: number, steps: number) {
    this.#steps = epochs * steps
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    for (const loss of [0, 0.5, 1, 1.5, 2, 2.5]) {
      add(svg, 'line', { x1: left, x2: width, y1: yOf(loss), y2: yOf(loss) })
      label(svg, String(loss), { x: left - 8, y: yOf(loss) + 4, 'text-anchor': 'end' })
    }
    for (let epoch = 0; epoch <= epochs; epoch++) {
      const anchor = epoch === 0 ? 'start' : epoch === epochs ? 'end' : 'middle'
      const step = epoch * steps
      label(svg, String(step), { x: this.#x(step), y: height, 'text-anchor': anchor })
    }
    this.#batches = add(svg, 'path', { class: 'batches' })
    this.#mean = add(svg, 'path', { class: 'mean' })
  }

  add(loss: number): void {
    this.#losses.push(loss)
  }

  draw(): void {
    this.#batches.setAttribute('d', this.#path(this.#losses))
    this.#mean.setAttribute('d', this.#path(runningMean(this.#losses)))
  }

  #x(step: number): number {
    return left + (step / this.#steps) * (width - left)
  }

  #path(losses: readonly number[]): string {
    const points = losses.map((loss, n) => {
      return `${this.#x(n + 1).toFixed(1)} ${yOf(loss).toFixed(1)}`
    })
    return points.length > 0 ? `M ${points.join(' L ')}` : ''
  }
}

function yOf(loss: number): number {
  return 8 + (1 - Math.min(loss, highest) / highest) * (height - bottom - 8)
}

/** Each mean takes over nine parts of ten from the one before. */
function runningMean(losses: readonly number[]): number[] {
  let [mean] = losses
  return losses.map((loss) => {
    mean = 0.9 * mean + 0.1 * loss
    return mean
  })
}

function add<Name extends keyof SVGElementTagNameMap>(
  svg: SVGSVGElement,
  name: Name,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, String(value))
  }
  svg.append(element)
  return element
}

function label(
  svg: SVGSVGElement,
  text: string,
  attributes: Readonly<Record<string, string | number>>,
): void {
  add(svg, 'text', attributes).textContent = text
}
