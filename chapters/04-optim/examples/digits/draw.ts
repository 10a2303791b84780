import type { Tensor } from '@deepdive/autograd'
import type { Digits } from './data.ts'

const side = 28
const margin = 4
const perRow = 3
const digitNames = Array.from({ length: 10 }, (_, digit) => String(digit))

/** A few digits that the network reads right and a few that it does not, as text. */
export function drawVerdicts(
  { images, labels }: Digits,
  probabilities: Tensor,
  names: readonly string[] = digitNames,
): string {
  const { values, indices } = probabilities.max(1)
  const right = indices.eq(labels)
  const places = (mask: Tensor) =>
    mask.nonzero().flatten().toTypedArray().slice(0, perRow)
  const row = (chosen: ArrayLike<number>) =>
    beside(
      Array.from(chosen, (place) => [
        ...draw(images.select(0, place)),
        ...verdict(
          names[labels.select(0, place).item()],
          names[indices.select(0, place).item()],
          values.select(0, place).item(),
        ),
      ]),
    )
  return [row(places(right)), row(places(right.logicalNot()))].join('\n\n')
}

/** Two rows of pixels to a line of text: a character is an upper and a lower half. */
function draw(image: Tensor): string[] {
  const ink = image.gt(0.4).toTypedArray()
  const lines: string[] = []
  for (let y = margin; y < side - margin; y += 2) {
    let line = ''
    for (let x = margin; x < side - margin; x++) {
      line += ' ▀▄█'[ink[y * side + x] + 2 * ink[(y + 1) * side + x]]
    }
    lines.push(line)
  }
  return lines
}

function verdict(name: string, guess: string, probability: number): string[] {
  const certainty = `${(100 * probability).toFixed(0)} % sure`
  return [`${guess}, ${certainty}`, name === guess ? 'right' : `but it is ${name}`]
}

/** Drawings of equal height side by side. */
function beside(drawings: readonly string[][]): string {
  const width = 26
  return (drawings[0] ?? [])
    .map((_, line) =>
      drawings
        .map((drawing) => drawing[line].padEnd(width))
        .join('')
        .trimEnd(),
    )
    .join('\n')
}
