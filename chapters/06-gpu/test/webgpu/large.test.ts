import { array, full, type NDArray, randn, randperm } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { gpu } from './gpu.ts'

const there = (x: NDArray) =>
  array(x.toTypedArray(), x.shape, { device: gpu, dtype: x.dtype })

/** Compares with what the cpu says, to 1e-5 of `scale`. */
async function expectNear(found: NDArray, wanted: NDArray, scale = 1): Promise<void> {
  const values = (await found.cpu()).toTypedArray()
  const wrong = wanted
    .toTypedArray()
    .findIndex((want, n) => !(Math.abs(values[n] - want) < 1e-5 * scale))
  expect(wrong).toBe(-1)
}

describe('many elements', () => {
  test('a million times 0.1 is 100,000', async () => {
    const tenths = full([1000, 1000], 0.1, { device: gpu }).add(0)
    for (const sum of [tenths.sum(), tenths.t().sum(), tenths.sum(0).sum()])
      expect((await sum.cpu()).item() / 100_000).toBeCloseTo(1, 5)
  })

  test.each([[[3, 50_000]], [[50_000, 3]], [[200, 3, 200]]])(
    'sums of %j over each axis, and all',
    async (shape) => {
      const x = randn(shape)
      const y = there(x)
      for (const dim of [...shape.keys(), undefined])
        await expectNear(y.sum(dim), x.sum(dim), 100)
    },
  )

  test('the largest, and where it stands', async () => {
    const x = randn([2, 40_000])
    const y = there(x)
    expect((await y.argmax().cpu()).item()).toBe(x.argmax().item())
    expect((await y.argmin(1).cpu()).toArray()).toEqual(x.argmin(1).toArray())
    expect((await y.amax().cpu()).item()).toBe(x.amax().item())
  })

  test('an order, which puts back what was mixed', async () => {
    const mixed = there(randperm(10_000))
    const { values, indices } = mixed.sort()
    const places = Array.from({ length: 10_000 }, (_, n) => n)
    expect((await values.cpu()).toArray()).toEqual(places)
    expect((await mixed.gather(0, indices).cpu()).toArray()).toEqual(places)
  })

  test('sums up to each place', async () => {
    const x = randn([3, 5000])
    await expectNear(there(x).cumsum(1), x.cumsum(1), 100)
    await expectNear(there(x.t()).cumsum(0), x.t().cumsum(0), 100)
  })
})
