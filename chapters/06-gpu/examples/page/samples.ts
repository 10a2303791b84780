import type { Digits } from './digits.ts'

const side = 28
const shown = 24

/** The first digits as pictures, with what the network takes each of them for. */
export class Samples {
  readonly #captions: HTMLElement[]
  readonly #labels: ArrayLike<number>

  static async of(place: HTMLElement, { images, labels }: Digits): Promise<Samples> {
    const pictures = await images.slice(0, 0, shown).cpu()
    const right = await labels.cpu()
    return new Samples(place, pictures.toTypedArray(), right.toTypedArray())
  }

  private constructor(
    place: HTMLElement,
    greys: ArrayLike<number>,
    labels: ArrayLike<number>,
  ) {
    this.#labels = labels
    this.#captions = Array.from({ length: shown }, (_, n) => {
      const figure = document.createElement('figure')
      const caption = document.createElement('figcaption')
      figure.append(pictureOf(greys, n * side * side), caption)
      place.append(figure)
      return caption
    })
  }

  /** Shows what each digit was taken for; gives the part of all that was right. */
  judge(guesses: ArrayLike<number>): number {
    const isRight = (n: number) => guesses[n] === this.#labels[n]
    for (const [n, caption] of this.#captions.entries()) {
      caption.textContent = `${guesses[n]} ${isRight(n) ? '✓' : '✗'}`
      caption.className = isRight(n) ? '' : 'wrong'
    }
    return Array.from(guesses, (_, n) => n).filter(isRight).length / guesses.length
  }
}

/** An image whose pixels, from `start` on, are ink where grey is 1, else paper. */
function pictureOf(greys: ArrayLike<number>, start: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const picture = new ImageData(side, side)
  for (let n = 0; n < side * side; n++) {
    picture.data[4 * n + 3] = 255 * greys[start + n]
  }
  canvas.getContext('2d')?.putImageData(picture, 0, 0)
  return canvas
}
