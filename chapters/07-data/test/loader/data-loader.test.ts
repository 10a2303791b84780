import { setTimeout } from 'node:timers/promises'
import { rand, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { cpu, manualSeed } from '@deepdive/tensor'
import { countingDevice, message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import {
  BatchSampler,
  ConcatDataset,
  DataLoader,
  Dataset,
  DistributedSampler,
  IterableDataset,
  RandomSampler,
  Sampler,
  SequentialSampler,
  TensorDataset,
} from '../../src/data.ts'

const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

/** The numbers 0 to length − 1, of which it counts how many are on their way. */
class Watched extends Dataset<number> {
  readonly length: number
  begun = 0
  underWay = 0

  constructor(length: number) {
    super()
    this.length = length
  }

  async get(index: number): Promise<number> {
    this.begun++
    this.underWay++
    await setTimeout(1)
    this.underWay--
    if (index === 13) throw new Error('thirteen is unlucky')
    return index
  }
}

async function batchesOf(loader: AsyncIterable<Tensor>): Promise<number[][]> {
  const batches: number[][] = []
  for await (const batch of loader) batches.push([...batch.toTypedArray()])
  return batches
}

describe('batches', () => {
  test('have the samples of one after another, and the last has the rest', async () => {
    const loader = new DataLoader(Dataset.from(numbers(5)), { batchSize: 2 })
    expect(await batchesOf(loader)).toEqual([[0, 1], [2, 3], [4]])
    expect(loader.length).toBe(3)
  })

  test('that are not full may be dropped', async () => {
    const options = { batchSize: 2, dropLast: true }
    const loader = new DataLoader(Dataset.from(numbers(5)), options)
    expect(await batchesOf(loader)).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(loader.length).toBe(2)
  })

  test('may be made by a sampler, or a batch sampler, of one’s own', async () => {
    const dataset = Dataset.from(numbers(6))
    const evens = new DistributedSampler(dataset, {
      numReplicas: 2,
      rank: 0,
      shuffle: false,
    })
    const half = new DataLoader(dataset, { sampler: evens, batchSize: 2 })
    expect(await batchesOf(half)).toEqual([[0, 2], [4]])
    class Growing extends BatchSampler {
      override *order() {
        yield [5]
        yield [0, 0, 0]
      }
    }
    const batchSampler = new Growing(new SequentialSampler(dataset), 1)
    expect(await batchesOf(new DataLoader(dataset, { batchSampler }))).toEqual([
      [5],
      [0, 0, 0],
    ])
  })

  test('come from an order that is closed where a loop is left', async () => {
    let closed = 0
    class Listed extends Sampler {
      readonly length = 6
      override *order() {
        try {
          yield* numbers(6)
        } finally {
          closed++
        }
      }
    }
    const dataset = Dataset.from(numbers(6))
    const options = { sampler: new Listed(), prefetch: 0 }
    for await (const _ of new DataLoader(dataset, options)) break
    expect(closed).toBe(1)
  })

  test('are what collateFn makes of samples', async () => {
    const collateFn = (samples: string[]) => samples.join('+')
    const letters = Dataset.from(['a', 'b', 'c'])
    const loader = new DataLoader(letters, { batchSize: 2, collateFn })
    const batches: string[] = []
    for await (const batch of loader) batches.push(batch)
    expect(batches).toEqual(['a+b', 'c'])
  })

  test('of tensors are rows of each, wherever their elements lie', async () => {
    const columns = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]).t()
    const wide = zeros([3, 40]).add(tensor([[1], [2], [3]]))
    const dataset = new TensorDataset(columns, wide)
    for await (const [x, y] of new DataLoader(dataset, {
      batchSize: 3,
      shuffle: true,
    })) {
      const order = [...y.select(1, 39).toTypedArray()]
      expect(x.toArray()).toEqual(order.map((n) => [n, n + 3]))
      expect(y.shape).toEqual([3, 40])
    }
  })

  test('of a part, or of several sets, have the right samples', async () => {
    const rows = new TensorDataset(tensor([10, 11, 12, 13]))
    const all = new ConcatDataset([rows, rows])
    const first: number[] = []
    for await (const [x] of new DataLoader(all, { batchSize: 3 })) {
      first.push(...x.toTypedArray())
    }
    expect(first).toEqual([10, 11, 12, 13, 10, 11, 12, 13])
  })

  test('of a set whose length takes time to know are as many', async () => {
    class Late extends Dataset<number> {
      readonly length = setTimeout(1, 5)
      get = (index: number) => index
    }
    const loader = new DataLoader(new Late(), { batchSize: 2, shuffle: true, seed: 2 })
    expect((await batchesOf(loader)).flat().toSorted()).toEqual(numbers(5))
    expect(await loader.length).toBe(3)
  })
})

describe('a stream', () => {
  const stream = IterableDataset.from(numbers(7))

  test('comes in batches, in its own order', async () => {
    const loader = new DataLoader(stream, { batchSize: 3 })
    expect(await batchesOf(loader)).toEqual([[0, 1, 2], [3, 4, 5], [6]])
    const dropping = new DataLoader(stream, { batchSize: 3, dropLast: true })
    expect(await batchesOf(dropping)).toHaveLength(2)
  })

  test('goes on where it was left', async () => {
    const loader = new DataLoader(stream, { batchSize: 3, seed: 1 })
    for await (const _ of loader) break
    const resumed = new DataLoader(stream, { batchSize: 3 })
    resumed.loadStateDict(loader.stateDict())
    expect(await batchesOf(resumed)).toEqual([[3, 4, 5], [6]])
    expect(await batchesOf(resumed)).toHaveLength(3)
  })

  test('is closed when its reader has enough', async () => {
    let open = 0
    const endless = new (class extends IterableDataset<number> {
      async *[Symbol.asyncIterator]() {
        open++
        try {
          for (let n = 0; ; n++) yield n
        } finally {
          open--
        }
      }
    })()
    for await (const batch of new DataLoader(endless, { batchSize: 4 })) {
      if (batch.toTypedArray()[0] >= 8) break
    }
    expect(open).toBe(0)
  })

  test('names the sample that does not come', async () => {
    const cut = IterableDataset.from(
      (function* () {
        yield* [1, 2, 3]
        throw new Error('the line is cut')
      })(),
    )
    const read = async () => {
      for await (const _ of new DataLoader(cut, { batchSize: 2 }));
    }
    await expect(read()).rejects.toThrow(
      'DataLoader: cannot load sample 3: the line is cut',
    )
  })

  test('names the sample that does not go with the others', async () => {
    const mixed = IterableDataset.from([1, 2, 3, 'four'])
    const loader = new DataLoader(mixed, { batchSize: 2 })
    const read = async () => {
      for await (const _ of loader);
    }
    await expect(read()).rejects.toThrow(
      "DataLoader: sample 3 is the string 'four', but sample 2 the number 3",
    )
  })

  test('has no order, and no length, to be asked for', () => {
    const options = [{ shuffle: true }, { sampler: new SequentialSampler([]) }]
    for (const option of options) {
      expect(message(() => new DataLoader(stream, option))).toBe(
        `ValueError: DataLoader: ${Object.keys(option)[0]} does not go here, as an ` +
          'IterableDataset gives its samples in an order of its own: leave it out',
      )
    }
    expect(message(() => new DataLoader(stream, { numWorkers: 2 }))).toBe(
      'ValueError: DataLoader: numWorkers does not go here, as an IterableDataset makes ' +
        'its samples itself: leave it out',
    )
    expect(message(() => new DataLoader(stream).length)).toBe(
      'ValueError: DataLoader: how many batches a stream has is not known before',
    )
  })
})

describe('loading ahead', () => {
  test('begins as many batches as asked for, and no more', async () => {
    for (const prefetch of [0, 1, 4]) {
      const dataset = new Watched(12)
      const loader = new DataLoader(dataset, { prefetch })
      for await (const batch of loader) {
        await setTimeout(10)
        expect(dataset.begun).toBe(Math.min(12, batch.toTypedArray()[0] + 1 + prefetch))
      }
    }
  })

  test('goes on while the batch before is in use', async () => {
    const dataset = new Watched(6)
    for await (const _ of new DataLoader(dataset, { batchSize: 2, prefetch: 1 })) {
      await setTimeout(10)
      expect(dataset.underWay).toBe(0)
    }
  })

  test('ends with the loop, wherever that is left', async () => {
    const dataset = new Watched(100)
    for await (const _ of new DataLoader(dataset, { batchSize: 4, prefetch: 3 })) break
    expect(dataset.underWay).toBe(0)
    const { begun } = dataset
    await setTimeout(10)
    expect(dataset.begun).toBe(begun)
  })

  test('ends as well where a sample fails', async () => {
    const dataset = new Watched(100)
    const loader = new DataLoader(dataset, { batchSize: 4, prefetch: 3 })
    await expect(batchesOf(loader)).rejects.toThrow(
      'DataLoader: cannot load sample 13: thirteen is unlucky',
    )
    expect(dataset.underWay).toBe(0)
  })
})

describe('errors', () => {
  test('keep what was thrown as their cause', async () => {
    const failed = batchesOf(new DataLoader(new Watched(20), { batchSize: 20 }))
    const error = await failed.then(String, (error) => error)
    expect(error.name).toBe('DataError')
    expect(error.cause.message).toBe('thirteen is unlucky')
  })

  test('name the samples that collateFn or transform cannot change', async () => {
    const dataset = Dataset.from(numbers(20))
    const fail = () => {
      throw new Error('no')
    }
    const collating = new DataLoader(dataset, { batchSize: 3, collateFn: fail })
    await expect(batchesOf(collating)).rejects.toThrow(
      'cannot load samples 0, 1, 2: no',
    )
    const changing = new DataLoader(dataset, { batchSize: 10, transform: fail })
    await expect(batchesOf(changing)).rejects.toThrow(
      'cannot load samples 0, 1, 2, 3, 4, 5, 6, 7, …: no',
    )
  })

  test('name options that make no sense', () => {
    const dataset = Dataset.from(numbers(3))
    const refused = (options: object) => message(() => new DataLoader(dataset, options))
    expect(refused({ batchSize: 0 })).toBe(
      'ValueError: DataLoader: batchSize is 0: it must be a whole number ≥ 1',
    )
    expect(refused({ prefetch: -1 })).toContain('prefetch is -1')
    expect(refused({ seed: 0.5 })).toContain('seed is 0.5')
    const sampler = new RandomSampler(dataset, { seed: 1 })
    expect(refused({ sampler, shuffle: true })).toBe(
      'ValueError: DataLoader: shuffle does not go here, as the sampler says the ' +
        'order: leave it out',
    )
    expect(refused({ sampler, seed: 2 })).toContain('seed does not go here, as the')
    const batchSampler = new BatchSampler(sampler, 2)
    expect(refused({ batchSampler, batchSize: 2 })).toContain('batchSize does not go')
    expect(refused({ batchSampler, dropLast: true })).toContain('dropLast does not go')
  })

  test('name a state that makes no sense, and leave the loader as it was', () => {
    const loader = new DataLoader(Dataset.from(numbers(3)), { seed: 4 })
    const load = () => loader.loadStateDict({ epoch: 1, batch: -1, seed: 0 })
    expect(message(load)).toBe(
      'ValueError: DataLoader: loadStateDict: batch is -1: it must be a whole ' +
        'number ≥ 0',
    )
    expect(loader.stateDict()).toEqual({ epoch: 0, batch: 0, seed: 4 })
  })
})

describe('random numbers', () => {
  /** Each sample with a number that is drawn for it. */
  const drawing = Dataset.from(numbers(8)).map((index, options) => {
    return [index, rand([], options).item()] as const
  })

  async function draws(seed: number, prefetch: number): Promise<number[][]> {
    const loader = new DataLoader(drawing, { shuffle: true, seed, prefetch })
    const seen: number[][] = []
    for (const _ of [0, 1]) {
      for await (const [index, drawn] of loader) seen.push([index.item(), drawn.item()])
    }
    return seen
  }

  test('are each sample’s own in each epoch, the same for one seed', async () => {
    const seen = await draws(3, 0)
    expect(new Set(seen.map(([, drawn]) => drawn)).size).toBe(16)
    expect(await draws(3, 5)).toEqual(seen)
    expect(await draws(4, 0)).not.toEqual(seen)
  })

  test('are each batch’s own in a transform', async () => {
    const transform = (batch: Tensor, options: object) => {
      return batch.mul(0).add(rand([], options))
    }
    const loader = new DataLoader(Dataset.from(numbers(4)), { transform, seed: 1 })
    const [first, second] = [await batchesOf(loader), await batchesOf(loader)]
    expect(new Set([...first, ...second].flat()).size).toBe(8)
    loader.loadStateDict({ epoch: 0, batch: 2, seed: 1 })
    expect(await batchesOf(loader)).toEqual(first.slice(2))
  })

  test('start from the common generator unless a seed is given', async () => {
    const order = () => {
      const loader = new DataLoader(Dataset.from(numbers(30)), { shuffle: true })
      return batchesOf(loader)
    }
    manualSeed(8)
    const first = await order()
    expect(await order()).not.toEqual(first)
    manualSeed(8)
    expect(await order()).toEqual(first)
  })
})

test('a state is of a seeded sampler too', async () => {
  const dataset = Dataset.from(numbers(9))
  const made = (seed: number) =>
    new DataLoader(dataset, { sampler: new RandomSampler(dataset, { seed }) })
  const loader = made(1)
  const whole = await batchesOf(made(1))
  for await (const batch of loader) if (batch.item() === whole[3][0]) break
  const resumed = made(2)
  resumed.loadStateDict(loader.stateDict())
  expect(await batchesOf(resumed)).toEqual(whole.slice(4))
})

test('ten epochs hold no more memory than one', async () => {
  const { device, countLive } = countingDevice(cpu)
  const dataset = new TensorDataset(zeros([64, 8], { device }), zeros([64], { device }))
  const loader = new DataLoader(dataset, { batchSize: 4, shuffle: true })
  const counts: number[] = []
  for (let epoch = 0; epoch < 10; epoch++) {
    for await (const [x] of loader) x.sum()
    counts.push(await countLive())
  }
  expect(Math.max(...counts.slice(1))).toBeLessThanOrEqual(counts[0] + 4)
})
