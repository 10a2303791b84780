import { setTimeout } from 'node:timers/promises'
import { arange, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { Generator } from '@deepdive/tensor'
import { message } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ConcatDataset,
  Dataset,
  IterableDataset,
  randomSplit,
  Subset,
  TensorDataset,
} from '../../src/data.ts'

const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

/** Samples that take their time, and whose number does as well. */
class Slow extends Dataset<string> {
  readonly length = setTimeout(1, 3)
  get = (index: number) => setTimeout(1, `sample ${index}`)
}

async function all<Sample>(dataset: Dataset<Sample>): Promise<Sample[]> {
  return Promise.all(numbers(await dataset.length).map((index) => dataset.get(index)))
}

test('samples are changed when they are asked for, at once or in a while', async () => {
  const calls: number[] = []
  const doubled = Dataset.from([1, 2, 3]).map((x) => {
    calls.push(x)
    return 2 * x
  })
  expect([doubled.length, calls]).toEqual([3, []])
  expect([doubled.get(2), calls]).toEqual([6, [3]])
  const loud = new Slow().map((text) => text.toUpperCase())
  expect(await all(loud)).toEqual(['SAMPLE 0', 'SAMPLE 1', 'SAMPLE 2'])
  const late = Dataset.from([1]).map(async (x) => setTimeout(1, x + 1))
  expect(await late.get(0)).toBe(2)
})

test('a generator finds its way through all that wraps a data set', async () => {
  const drawing = Dataset.from(numbers(4)).map((_, { generator }) => generator?.seed)
  const wrapped = new Subset(new ConcatDataset([drawing, drawing]), [5])
  const generator = new Generator(42)
  expect(wrapped.map((x) => x).get(0, { generator })).toBe(42)
  expect(wrapped.get(0)).toBe(undefined)
})

test('a filter keeps what it says yes to, in order', async () => {
  const odd = await Dataset.from(numbers(9)).filter((x) => x % 2 === 1)
  expect(await all(odd)).toEqual([1, 3, 5, 7])
  const later = await new Slow().filter(async (_, index) => setTimeout(1, index !== 1))
  expect(await all(later)).toEqual(['sample 0', 'sample 2'])
})

test('several sets are one after another, empty ones included', async () => {
  const parts = [[], ['a', 'b'], [], ['c'], []].map((items) => Dataset.from(items))
  expect(await all(new ConcatDataset(parts))).toEqual(['a', 'b', 'c'])
  const late = new ConcatDataset([new Slow(), Dataset.from(['last'])])
  expect(await late.length).toBe(4)
  expect(await all(late)).toEqual(['sample 0', 'sample 1', 'sample 2', 'last'])
  expect(new ConcatDataset([]).length).toBe(0)
})

test('an index that no sample has is refused', async () => {
  const letters = Dataset.from(['a', 'b'])
  const pairs = new TensorDataset(arange(3))
  const refused = <Sample>(dataset: Dataset<Sample>, index: number) =>
    message(() => dataset.get(index))
  expect(refused(letters, 2)).toBe(
    'IndexError: Dataset: there is no sample 2: use 0 to 1',
  )
  expect(refused(letters, -1)).toContain('no sample -1')
  expect(refused(letters, 0.5)).toContain('no sample 0.5')
  expect(refused(Dataset.from([]), 0)).toContain('no sample 0: there are none')
  expect(refused(pairs, 3)).toContain('TensorDataset: there is no sample 3: use 0 to 2')
  expect(message(() => pairs.getBatch([0, 3]))).toContain('there is no sample 3')
  expect(refused(new Subset(letters, [0]), 1)).toContain('Subset: there is no sample 1')
  expect(refused(new Subset(letters, [7]), 0)).toContain(
    'Dataset: there is no sample 7',
  )
  expect(refused(new ConcatDataset([letters]), 2)).toContain(
    'ConcatDataset: there is no',
  )
})

describe('rows of tensors', () => {
  test('are samples, and batches are rows of each tensor', () => {
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      columns: fc.integer({ min: 1, max: 40 }),
      turned: fc.boolean(),
      places: fc.array(fc.nat(8), { maxLength: 12 }),
    })
    const property = fc.property(cases, ({ rows, columns, turned, places }) => {
      const x = turned
        ? arange(rows * columns)
            .reshape([columns, rows])
            .t()
        : arange(rows * columns).reshape([rows, columns])
      const dataset = new TensorDataset(x, x.gt(5))
      const indices = places.map((place) => place % rows)
      const [a, b] = dataset.getBatch(indices)
      expect(a.toArray()).toEqual(indices.map((n) => dataset.get(n)[0].toArray()))
      expect(b.toArray()).toEqual(indices.map((n) => dataset.get(n)[1].toArray()))
      expect([a.dtype, b.dtype]).toEqual(['int32', 'bool'])
    })
    fc.assert(property)
  })

  test('of a view are the view’s, not those of the memory behind it', () => {
    const x = arange(12).reshape([4, 3]).slice(0, 1, 3)
    expect(new TensorDataset(x).getBatch([1])[0].toArray()).toEqual([[6, 7, 8]])
  })

  test('record no gradients, though their tensor does', () => {
    const dataset = new TensorDataset(tensor([1, 2], { requiresGrad: true }))
    expect(dataset.get(0)[0].requiresGrad).toBe(false)
    expect(dataset.getBatch([0])[0].requiresGrad).toBe(false)
  })

  test('must be as many in each tensor', () => {
    const refused = (...tensors: Tensor[]) =>
      message(() => new TensorDataset(...tensors))
    expect(refused(zeros([3, 2]), zeros([4]))).toBe(
      'ShapeError: TensorDataset: [3, 2] and [4] are 3 and 4 samples: all tensors ' +
        'must have the same number of rows',
    )
    expect(refused(zeros([3]), zeros([]))).toBe(
      'ShapeError: TensorDataset: tensor 2 is a single number: its first axis must ' +
        'count the samples',
    )
    expect(refused()).toBe('ShapeError: TensorDataset: needs at least one tensor')
    expect(refused([1, 2] as never)).toContain('TensorDataset: argument 1 is a list')
  })
})

describe('a random split', () => {
  test('puts every sample into just one part, of the length asked for', async () => {
    const lengths = fc.array(fc.nat(9), { minLength: 1, maxLength: 5 })
    const property = fc.asyncProperty(lengths, fc.nat(), async (lengths, seed) => {
      const total = lengths.reduce((a, b) => a + b)
      const generator = new Generator(seed)
      const parts = randomSplit(Dataset.from(numbers(total)), lengths, { generator })
      expect(parts.map((part) => part.length)).toEqual(lengths)
      const samples = (await Promise.all(parts.map(all))).flat()
      expect(samples.sort((a, b) => a - b)).toEqual(numbers(total))
    })
    await fc.assert(property)
  })

  test('by shares gives what is left over to the first parts', () => {
    const lengthsOf = (total: number, shares: number[]) =>
      randomSplit(Dataset.from(numbers(total)), shares).map(({ length }) => length)
    expect(lengthsOf(10, [0.5, 0.3, 0.2])).toEqual([5, 3, 2])
    expect(lengthsOf(11, [1 / 3, 1 / 3, 1 / 3])).toEqual([4, 4, 3])
    expect(lengthsOf(1, [1])).toEqual([1])
    expect(lengthsOf(1, [0.5, 0.5])).toEqual([1, 0])
    expect(lengthsOf(1, [0, 1])).toEqual([0, 1])
    expect(lengthsOf(5, [1])).toEqual([5])
  })

  test('is the same for the same seed', async () => {
    const split = (seed: number) => {
      const generator = new Generator(seed)
      return all(randomSplit(Dataset.from(numbers(20)), [20], { generator })[0])
    }
    expect(await split(1)).toEqual(await split(1))
    expect(await split(1)).not.toEqual(await split(2))
  })

  test('of lengths that do not add up is refused', () => {
    const refused = (lengths: number[]) =>
      message(() => randomSplit(Dataset.from(numbers(3)), lengths))
    expect(refused([2, 2])).toBe(
      'ValueError: randomSplit: the lengths [2, 2] add up to 4, but there are 3 ' +
        'samples: they must be whole and add up to that, or be shares of 1',
    )
    expect(refused([4, -1])).toContain('the lengths [4, -1]')
    expect(refused([1.5, 1.5])).toContain('the lengths [1.5, 1.5]')
    expect(refused([2, -1])).toContain('the lengths [2, -1]')
    expect(message(() => randomSplit(new Slow(), [1, 2]))).toContain(
      'randomSplit: how many samples there are is a promise: await it',
    )
  })
})

test('a stream is changed and filtered sample by sample', async () => {
  const stream = IterableDataset.from(numbers(6))
    .filter((n) => n % 2 === 0)
    .map(async (n) => setTimeout(1, 10 * n))
  const seen: number[] = []
  for await (const sample of stream) seen.push(sample)
  for await (const sample of stream) seen.push(sample)
  expect(seen).toEqual([0, 20, 40, 0, 20, 40])
})
