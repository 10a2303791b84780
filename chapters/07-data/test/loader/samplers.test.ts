import { manualSeed } from '@deepdive/tensor'
import { message } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BatchSampler,
  DataLoader,
  Dataset,
  DistributedSampler,
  RandomSampler,
  SequentialSampler,
  WeightedRandomSampler,
} from '../../src/data.ts'

const ascending = (a: number, b: number) => a - b
const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

/** How often each of `choices` indices is in a list. */
function countsOf(list: Iterable<number>, choices: number): number[] {
  const counts = new Array<number>(choices).fill(0)
  for (const index of list) counts[index]++
  return counts
}

describe('in random order', () => {
  test('all samples come once, in another order in each epoch', () => {
    const cases = fc.record({ length: fc.nat(200), seed: fc.nat(), epoch: fc.nat(9) })
    const property = fc.property(cases, ({ length, seed, epoch }) => {
      const sampler = new RandomSampler({ length }, { seed })
      const order = sampler.order(epoch)
      expect([...order].sort(ascending)).toEqual(numbers(length))
      expect(sampler.order(epoch)).toEqual(order)
      expect(new RandomSampler({ length }, { seed }).order(epoch)).toEqual(order)
      if (length > 20) expect(sampler.order(epoch + 1)).not.toEqual(order)
    })
    fc.assert(property)
  })

  test('each order of four is as likely as any other', () => {
    const sampler = new RandomSampler({ length: 4 }, { seed: 1 })
    const orders = numbers(24_000).map((epoch) => sampler.order(epoch).join(''))
    const counts = new Map<string, number>()
    for (const order of orders) counts.set(order, (counts.get(order) ?? 0) + 1)
    expect(counts.size).toBe(24)
    // χ² of 23 degrees of freedom is above 49.7 once in a thousand times.
    const unevenness = [...counts.values()].map((count) => (count - 1000) ** 2 / 1000)
    expect(unevenness.reduce((a, b) => a + b)).toBeLessThan(49.7)
  })

  test('beyond one block of random words all samples still come once', () => {
    const order = new RandomSampler({ length: 200_003 }, { seed: 1 }).order(0)
    expect(new Set(order).size).toBe(200_003)
    const sum = order.subarray(0, 1000).reduce((a, b) => a + b) / 1000
    expect(Math.abs(sum - 100_000)).toBeLessThan(10_000)
  })

  test('ten million samples are one array of four bytes each, no objects', () => {
    const order = new RandomSampler({ length: 10_000_000 }, { seed: 1 }).order(0)
    expect(order).toBeInstanceOf(Int32Array)
    expect(order.byteLength).toBe(40_000_000)
  })

  test('and so they are on their way through a loader, whole or in shares', async () => {
    class Numbers extends Dataset<number> {
      readonly length = 10_000_000
      get = (index: number) => index
    }
    const dataset = new Numbers()
    const shares = [true, false].map((shuffle) => {
      const options = { numReplicas: 3, rank: 1, shuffle }
      return { sampler: new DistributedSampler(dataset, options) }
    })
    for (const options of [{ shuffle: true, seed: 1 }, ...shares]) {
      const loader = new DataLoader(dataset, { ...options, batchSize: 4 })
      const before = process.memoryUsage().heapUsed
      for await (const batch of loader) {
        expect(batch.shape).toEqual([4])
        break
      }
      // A list of as many small numbers has 80 MB at least, and objects far more.
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(20e6)
    }
  })

  test('with replacement all are drawn alike, some of them twice', () => {
    const options = { replacement: true, numSamples: 10_000, seed: 2 }
    const order = new RandomSampler({ length: 5 }, options).order(3)
    for (const count of countsOf(order, 5)) {
      expect(Math.abs(count - 2000)).toBeLessThan(200)
    }
  })

  test('a number of samples is a part of them, or some of them again', () => {
    const few = new RandomSampler({ length: 9 }, { numSamples: 4, seed: 1 })
    expect([few.length, new Set(few.order(0)).size]).toEqual([4, 4])
    const many = new RandomSampler({ length: 3 }, { numSamples: 8, seed: 1 })
    expect(countsOf(many.order(0), 3).sort(ascending)).toEqual([2, 3, 3])
  })

  test('the seed comes from the common generator unless it is given', () => {
    const order = () => new RandomSampler({ length: 50 }).order(0)
    manualSeed(5)
    const [first, second] = [order(), order()]
    manualSeed(5)
    expect(order()).toEqual(first)
    expect(second).not.toEqual(first)
  })
})

describe('by weight', () => {
  test('each sample comes as often as its weight says', () => {
    const sampler = new WeightedRandomSampler([1, 0, 2, 5, 0], 80_000, { seed: 1 })
    const [one, none, two, five, last] = countsOf(sampler.order(0), 5)
    expect([none, last]).toEqual([0, 0])
    expect(Math.abs(one - 10_000)).toBeLessThan(500)
    expect(Math.abs(two - 20_000)).toBeLessThan(500)
    expect(Math.abs(five - 50_000)).toBeLessThan(500)
  })

  test('without replacement none comes twice, and heavy ones come first', () => {
    const weights = [1, 100, 0, 100, 1]
    const sampler = new WeightedRandomSampler(weights, 4, {
      replacement: false,
      seed: 1,
    })
    expect([...sampler.order(0)].sort(ascending)).toEqual([0, 1, 3, 4])
    const firsts = numbers(100).map((epoch) => sampler.order(epoch)[0])
    expect(firsts.filter((index) => weights[index] === 100).length).toBeGreaterThan(90)
  })

  test('of any size, as only their proportions count', () => {
    const small = new WeightedRandomSampler([1, 0, 2, 5], 40, { seed: 1 })
    for (const size of [2 ** 1021, 2 ** -1060]) {
      const weights = [1, 0, 2, 5].map((weight) => weight * size)
      const other = new WeightedRandomSampler(weights, 40, { seed: 1 })
      expect(other.order(0)).toEqual(small.order(0))
      const all = { replacement: false, seed: 1 }
      expect([...new WeightedRandomSampler(weights, 3, all).order(0)]).toEqual([
        ...new WeightedRandomSampler([1, 0, 2, 5], 3, all).order(0),
      ])
    }
  })

  test('weights that make no sense are named', () => {
    const refused = (weights: number[], count: number, replacement: boolean) =>
      message(() => new WeightedRandomSampler(weights, count, { replacement }))
    expect(refused([1, -1], 1, true)).toBe(
      'ValueError: WeightedRandomSampler: weight 1 is -1: it must be a finite ' +
        'number ≥ 0',
    )
    expect(refused([1, NaN], 1, true)).toContain('weight 1 is NaN')
    expect(refused([0, 0], 1, true)).toBe(
      'ValueError: WeightedRandomSampler: cannot draw 1 from 0 weights above 0',
    )
    expect(refused([1, 0, 1], 3, false)).toBe(
      'ValueError: WeightedRandomSampler: cannot draw 3 from 2 weights above 0: ' +
        'replacement draws one several times',
    )
    expect(refused([1], 0, true)).toContain('numSamples is 0')
  })
})

describe('in shares', () => {
  const cases = fc.record({
    length: fc.nat(50),
    numReplicas: fc.integer({ min: 1, max: 8 }),
    shuffle: fc.boolean(),
    epoch: fc.nat(3),
  })

  function shares(
    length: number,
    epoch: number,
    options: {
      numReplicas: number
      shuffle: boolean
      pad?: boolean
      dropLast?: boolean
    },
  ): number[][] {
    return numbers(options.numReplicas).map((rank) => {
      const sampler = new DistributedSampler({ length }, { ...options, rank })
      const order = [...sampler.order(epoch)]
      expect(sampler.length).toBe(order.length)
      return order
    })
  }

  test('every sample is in just one, and none is longer by more than one', () => {
    const property = fc.property(cases, ({ length, epoch, ...options }) => {
      const all = shares(length, epoch, options)
      expect(all.flat().sort(ascending)).toEqual(numbers(length))
      const lengths = all.map((share) => share.length)
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
    })
    fc.assert(property)
  })

  test('padded, all are equally long and no sample is missing', () => {
    const property = fc.property(cases, ({ length, epoch, ...options }) => {
      const all = shares(length, epoch, { ...options, pad: true })
      expect(new Set(all.flat()).size).toBe(length)
      expect(new Set(all.map((share) => share.length)).size).toBe(1)
    })
    fc.assert(property)
  })

  test('with dropLast, all are equally long and no sample comes twice', () => {
    const property = fc.property(cases, ({ length, epoch, ...options }) => {
      const all = shares(length, epoch, { ...options, dropLast: true })
      expect(new Set(all.flat()).size).toBe(all.flat().length)
      const expected = Math.floor(length / options.numReplicas)
      expect(all.every((share) => share.length === expected)).toBe(true)
    })
    fc.assert(property)
  })

  test('a share that cannot be is refused', () => {
    const refused = (options: Partial<{ numReplicas: number; rank: number }>) => {
      const both = { numReplicas: 2, rank: 0, ...options }
      return message(() => new DistributedSampler({ length: 3 }, both))
    }
    expect(refused({ rank: 2 })).toBe(
      'ValueError: DistributedSampler: rank is 2: it must be a whole number from 0 ' +
        'to 1',
    )
    expect(refused({ rank: -1 })).toContain('rank is -1')
    expect(refused({ numReplicas: 0 })).toContain('numReplicas is 0')
    const both = { numReplicas: 2, rank: 0, pad: true, dropLast: true }
    expect(message(() => new DistributedSampler({ length: 3 }, both))).toBe(
      'ValueError: DistributedSampler: dropLast and pad are both true: choose one',
    )
  })
})

describe('in batches', () => {
  test('the order of a sampler is cut, and its rest kept or dropped', () => {
    const cases = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 9 }), fc.boolean())
    const property = fc.property(cases, ([length, size, dropLast]) => {
      const sampler = new SequentialSampler({ length })
      const batches = new BatchSampler(sampler, size, { dropLast })
      const order = [...batches.order(0)]
      expect(order).toHaveLength(batches.length)
      const kept = dropLast ? length - (length % size) : length
      expect(order.flat()).toEqual(numbers(kept))
      expect(order.slice(0, -1).every((batch) => batch.length === size)).toBe(true)
    })
    fc.assert(property)
  })

  test('a size that counts nothing is refused', () => {
    const sampler = new SequentialSampler({ length: 3 })
    expect(message(() => new BatchSampler(sampler, 0))).toBe(
      'ValueError: BatchSampler: batchSize is 0: it must be a whole number ≥ 1',
    )
  })
})
