import { Tensor } from '@deepdive/autograd'
import { functional as F } from '@deepdive/conv'
import { ones, rand, zeros } from '@deepdive/tensor'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { getNumThreads, setNumThreads } from '../../src/index.ts'

const atStart = getNumThreads()
afterEach(() => {
  vi.restoreAllMocks()
  setNumThreads(atStart)
})

/** Filters whose columns take 100 MB, on as many threads. */
function wide(threads: number): number[] {
  setNumThreads(threads)
  const x = new Tensor(ones([1, 1, 200_100]))
  const filters = new Tensor(ones([2, 1, 200_000]))
  return [...F.conv1d(x, filters).toTypedArray()]
}

describe('what needs much memory at once is computed', () => {
  test('along a single row', () => {
    const y = new Tensor(zeros([6_000_000])).logSoftmax(0)
    expect(y.at(5).item()).toBeCloseTo(-Math.log(6_000_000), 4)
  })

  test('of a channel of many images', () => {
    const x = new Tensor(ones([8_000_000, 1]))
    const weight = new Tensor(ones([1]))
    const y = F.batchNorm(x, null, null, weight, weight, { training: true })
    expect(y.at(5, 0).item()).toBe(1)
  })

  test('where windows see many channels', () => {
    const y = F.unfold(new Tensor(ones([1, 512, 11, 11])), 9)
    expect(y.shape).toEqual([1, 512 * 81, 9])
    expect(y.eq(1).all().item()).toBe(1)
  })

  test('by wide filters, on one thread and on two', () => {
    const sums = new Array(2 * 101).fill(200_000)
    expect(wide(1)).toEqual(sums)
    expect(wide(2)).toEqual(sums)
  })
})

describe('where a memory cannot grow', () => {
  /** Memories of that kind have no room for more. */
  function refuse(kind: 'shared' | 'all'): void {
    const { grow } = WebAssembly.Memory.prototype
    vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(function (
      this: WebAssembly.Memory,
      pages,
    ) {
      const isShared = this.buffer instanceof SharedArrayBuffer
      if (isShared || kind === 'all') throw new RangeError('Maximum memory size')
      return grow.call(this, pages)
    })
  }

  test('that threads share, one thread computes all', () => {
    const [a, b] = [rand([600, 500]), rand([500, 600])]
    setNumThreads(1)
    const expected = a.matmul(b)
    setNumThreads(2)
    refuse('shared')
    expect(a.matmul(b).eq(expected).all().item()).toBe(1)
    expect(getNumThreads()).toBe(2)
  })

  test('the error says how much is needed', () => {
    refuse('all')
    expect(() => new Tensor(zeros([40_000_000])).softmax(0)).toThrow(
      'cpu: there is no room for the 457.8 MB that a kernel needs at once: make ' +
        'batches smaller, or split the tensor',
    )
  })
})
