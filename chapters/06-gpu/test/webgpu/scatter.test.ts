import { array, type NDArray, ones, rand, randint, zeros } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { gpu } from './gpu.ts'

const there = (x: NDArray) =>
  array(x.toTypedArray(), x.shape, { device: gpu, dtype: x.dtype })

/** Whole numbers as float32: their sums have no rounding. */
const whole = (shape: number[]) => randint(-9, 9, shape).to('float32')

describe.each([
  ['short rows, looked through', 200],
  ['long rows, sorted', 1000],
])('%s', (_, length) => {
  const index = randint(7, [3, length])
  const source = whole([3, length])
  const start = whole([3, 7])

  test.each(['scatter', 'scatterAdd'] as const)('%s as on the cpu', async (op) => {
    const found = there(start)[op](1, there(index), there(source))
    const wanted = start[op](1, index, source)
    expect((await found.cpu()).toArray()).toEqual(wanted.toArray())
  })

  test('one index for all rows', async () => {
    const shared = (x: NDArray) => x.select(0, 1).unsqueeze(0).expand([3, length])
    const found = there(start).scatterAdd(1, shared(there(index)), there(source))
    const wanted = start.scatterAdd(1, shared(index), source)
    expect((await found.cpu()).toArray()).toEqual(wanted.toArray())
  })

  test('whole numbers, and bools', async () => {
    for (const dtype of ['int32', 'bool'] as const) {
      const [x, y] = [start.gt(0).to(dtype), source.gt(5).to(dtype)]
      const found = there(x).scatterAdd(1, there(index), there(y))
      const wanted = x.scatterAdd(1, index, y)
      expect((await found.cpu()).toArray()).toEqual(wanted.toArray())
    }
  })

  test('many numbers for one place keep their digits', async () => {
    const tenths = ones([length]).mul(0.1)
    const zero = zeros([length], { dtype: 'int32' })
    const found = zeros([1], { device: gpu }).scatterAdd(0, there(zero), there(tenths))
    expect((await found.cpu()).item() / (length / 10)).toBeCloseTo(1, 6)
  })

  test('the same bits each time', async () => {
    const fractions = there(rand([3, length]))
    const run = async () => {
      const sums = there(start).scatterAdd(1, there(index), fractions)
      return (await sums.cpu()).toArray()
    }
    expect(await run()).toEqual(await run())
  })

  test('an index that no place has', async () => {
    const beyond = array([7], { dtype: 'int32', device: gpu }).expand([length])
    const put = zeros([7], { device: gpu }).scatterAdd(0, beyond, there(rand([length])))
    await expect(put.cpu()).rejects.toThrow('scatterAdd: index 7 is outside an axis of')
  })
})
