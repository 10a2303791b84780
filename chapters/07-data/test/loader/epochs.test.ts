import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataLoader, Dataset, DistributedSampler } from '../../src/data.ts'

/** The numbers 0 to length − 1, each after a while of its own. */
class Slow extends Dataset<number> {
  readonly length: number
  loaded = 0

  constructor(length: number) {
    super()
    this.length = length
  }

  async get(index: number): Promise<number> {
    for (let turn = index % 3; turn > 0; turn--) await Promise.resolve()
    this.loaded++
    return index
  }
}

async function listed(loader: DataLoader<number>): Promise<number[]> {
  const seen: number[] = []
  for await (const batch of loader) seen.push(...batch.toTypedArray())
  return seen
}

const ascending = (a: number, b: number) => a - b
const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

test('every sample comes exactly once an epoch, whatever the batch size', async () => {
  const cases = fc.record({
    length: fc.nat(50),
    batchSize: fc.integer({ min: 1, max: 20 }),
    shuffle: fc.boolean(),
    prefetch: fc.nat(5),
    seed: fc.nat(),
  })
  const property = fc.asyncProperty(cases, async ({ length, ...options }) => {
    const loader = new DataLoader(new Slow(length), options)
    expect((await listed(loader)).sort(ascending)).toEqual(numbers(length))
    expect((await listed(loader)).sort(ascending)).toEqual(numbers(length))
  })
  await fc.assert(property)
})

test('and exactly once among all shares, for any number of shares', async () => {
  const cases = fc.record({
    length: fc.nat(50),
    numReplicas: fc.integer({ min: 1, max: 8 }),
    shuffle: fc.boolean(),
    epoch: fc.nat(3),
  })
  const property = fc.property(cases, ({ length, epoch, ...options }) => {
    const shares = numbers(options.numReplicas).map((rank) => [
      ...new DistributedSampler({ length }, { ...options, rank }).order(epoch),
    ])
    expect(shares.flat().sort(ascending)).toEqual(numbers(length))
  })
  fc.assert(property)
})

test('an epoch that is taken up anywhere gives the batches left', async () => {
  const cases = fc.record({
    length: fc.integer({ min: 1, max: 40 }),
    batchSize: fc.integer({ min: 1, max: 9 }),
    shuffle: fc.boolean(),
    stop: fc.nat(50),
  })
  const property = fc.asyncProperty(cases, async ({ length, stop, ...options }) => {
    const first = new DataLoader(new Slow(length), { ...options, seed: 3 })
    const whole = [...(await listed(first)), ...(await listed(first))]
    const again = new DataLoader(new Slow(length), { ...options, seed: 3 })
    const seen = await listed(again)
    for await (const batch of again) {
      seen.push(...batch.toTypedArray())
      if (seen.length > length + stop) break
    }
    const resumed = new DataLoader(new Slow(length), options)
    resumed.loadStateDict(JSON.parse(JSON.stringify(again.stateDict())))
    if (seen.length < whole.length) seen.push(...(await listed(resumed)))
    expect(seen).toEqual(whole)
    expect(resumed.stateDict().epoch).toBeGreaterThan(0)
  })
  await fc.assert(property)
})
