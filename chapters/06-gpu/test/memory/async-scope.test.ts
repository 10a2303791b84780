import { setTimeout } from 'node:timers/promises'
import { ones, type Tensor } from '@deepdive/autograd'
import { cpu, setDefaultDevice } from '@deepdive/tensor'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { debugLeaks, scope } from '../../src/index.ts'
import { type ExplicitDevice, explicitDevice } from './explicit-device.ts'

let device: ExplicitDevice
beforeEach(() => {
  device = explicitDevice()
  setDefaultDevice(device)
})
afterAll(() => setDefaultDevice(cpu))

const live = () => device.ledger.live.size
const later = () => setTimeout(1)

describe('a scope that awaits', () => {
  test('frees what was made before and after, save what it returns', async () => {
    const kept = await scope(async () => {
      const x = ones([2])
      await later()
      const y = x.mul(2)
      await later()
      return y.add(1)
    })
    expect(live()).toBe(1)
    expect((await kept.cpu()).toArray()).toEqual([3, 3])
  })

  test('frees all of it when it fails', async () => {
    const failing = scope(async () => {
      ones([2])
      await later()
      ones([2]).add(ones([3]))
    })
    await expect(failing).rejects.toThrow('cannot broadcast')
    expect(live()).toBe(0)
  })

  test('ends when any kind of promise settles, as of a database', async () => {
    const query = {
      // biome-ignore lint/suspicious/noThenProperty: what `await` looks for
      then: (done: (n: number) => unknown) => later().then(() => done(live())),
    }
    const during = await scope((): PromiseLike<number> => {
      ones([2])
      return query as PromiseLike<number>
    })
    expect(during).toBe(1)
    expect(live()).toBe(0)
  })

  test('may be a block as well', async () => {
    {
      using _frame = scope()
      const x = ones([2])
      await later()
      x.mul(2)
    }
    expect(live()).toBe(0)
  })

  test('may hold others, which free what they make before they give way', async () => {
    await scope(async () => {
      await later()
      for (let n = 0; n < 5; n++) {
        using _step = scope()
        const x = ones([2]).mul(n).add(1)
        const before = live()
        await x.cpu()
        expect(live()).toBe(before)
      }
      expect(live()).toBe(0)
    })
  })

  test('hands what it returns to the scope around', async () => {
    await scope(async () => {
      const inner = await scope(async () => {
        await later()
        return ones([2])
      })
      expect(live()).toBe(1)
      inner.mul(2)
    })
    expect(live()).toBe(0)
  })

  test('takes in nothing of what goes on beside it at once', async () => {
    const inside = scope(later)
    const x = ones([2])
    const outer = scope()
    const other = scope(later)
    const y = ones([3])
    await Promise.all([inside, other])
    expect((await x.cpu()).toArray()).toEqual([1, 1])
    outer.end()
    expect(() => y.mul(2)).toThrow('freed')
  })
})

describe('two scopes that run at once', () => {
  /** Makes something before and after each of several waits, and uses all of it. */
  async function work(times: number): Promise<Tensor> {
    let sum = ones([1])
    for (let n = 0; n < times; n++) {
      const more = ones([1])
      await later()
      sum = sum.add(more).add(scope(() => ones([1]).mul(2)))
    }
    return sum
  }

  test('free nothing that belongs to the other, whichever ends first', async () => {
    for (const times of [
      [2, 5],
      [5, 2],
      [3, 3],
    ]) {
      // biome-ignore format: pairs
      const all = times.map((n) => scope(() => work(n)))
      const sums = await Promise.all(all)
      for (const [n, sum] of sums.entries()) {
        expect((await sum.cpu()).toArray()).toEqual([1 + 3 * times[n]])
      }
    }
  })

  test('free nothing of one that comes later', async () => {
    const first = scope(() => work(5))
    await later()
    const second = await scope(() => work(2))
    await first
    expect((await second.cpu()).toArray()).toEqual([7])
  })

  test('take nothing of what another scope returns meanwhile', async () => {
    const long = scope(() => work(3))
    await later()
    const short = scope(() => ones([2]))
    await long
    expect((await short.cpu()).toArray()).toEqual([1, 1])
  })

  test('as blocks, closed in the order of opening', async () => {
    const [first, second] = [scope(), scope()]
    const x = ones([1])
    first.end()
    expect(x.add(1).shape).toEqual([1])
    second.keep(x)
    second.end()
    expect(debugLeaks(device).places).toMatchObject([
      { tensors: 1, freedBy: 'garbage collector' },
    ])
    device.free(x.array.storage)
    expect(live()).toBe(0)
  })
})
