import { Generator, optionsOf, ValueError } from '@deepdive/tensor'
import { drawSeed } from '../loader/random-stream.ts'
import { shuffled } from '../loader/shuffled.ts'
import { checkKind } from './check-kind.ts'
import { checkDataset, type Dataset, Subset } from './dataset.ts'

export interface RandomSplitOptions {
  /** Default: one whose seed the generator draws that `manualSeed` starts. */
  readonly generator?: Generator
}

/**
 * Parts of a data set that have no sample in common, picked at random: of as many
 * samples as `lengths` say, or of such shares of all, where these add up to 1.
 *
 * @throws ValueError where the lengths do not add up to all samples.
 * @example
 * const [train, test] = randomSplit(Dataset.from([1, 2, 3, 4, 5]), [0.8, 0.2])
 * train.length // → 4
 * randomSplit(Dataset.from([1, 2, 3]), [2, 2])
 * // throws ValueError: randomSplit: the lengths [2, 2] add up to 4, but there are 3
 */
export function randomSplit<Sample>(
  dataset: Dataset<Sample>,
  lengths: readonly number[],
  options: RandomSplitOptions = {},
): Subset<Sample>[] {
  checkDataset('randomSplit', dataset)
  checkKind('randomSplit', { lengths }, 'a list of numbers', Array.isArray)
  const { generator = new Generator(drawSeed()) } = optionsOf('randomSplit', options)
  checkKind('randomSplit', { generator }, 'a Generator', (value) => {
    return value instanceof Generator
  })
  const { length } = dataset
  if (typeof length !== 'number') {
    throw new ValueError(
      'randomSplit: how many samples there are is a promise: await it, and give the ' +
        'indices of each part to a Subset',
    )
  }
  const counts = countsOf(lengths, length)
  const order = shuffled(length, generator)
  let start = 0
  return counts.map((count) => {
    start += count
    return new Subset(dataset, order.subarray(start - count, start))
  })
}

/** Shares are rounded down, and what is left over goes to the first parts, one each. */
function countsOf(lengths: readonly number[], total: number): readonly number[] {
  const sum = lengths.reduce((a, b) => a + b, 0)
  const shares = Math.abs(sum - 1) < 1e-6 && lengths.every((share) => share >= 0)
  if (shares) {
    const counts = lengths.map((share) => Math.floor(share * total))
    const left = total - counts.reduce((a, b) => a + b, 0)
    return counts.map((count, n) => count + Number(n < left))
  }
  if (sum === total && lengths.every((n) => Number.isInteger(n) && n >= 0))
    return lengths
  throw new ValueError(
    `randomSplit: the lengths [${lengths.join(', ')}] add up to ${sum}, but there ` +
      `are ${total} samples: they must be whole and add up to that, or be shares of 1`,
  )
}
