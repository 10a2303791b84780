import { rand } from '@deepdive/tensor'
import { expect, test, vi } from 'vitest'
import { getNumThreads, setNumThreads } from '../../src/index.ts'
import { patience } from '../../src/threads/pool.ts'

// Workers that take the first call they see, and die of it.
vi.mock('#worker', async (original) => {
  const { startWorker, ...rest } = await original<typeof import('#worker')>()
  const dies = `
    const [, memory, control] = data
    const tickets = new Int32Array(memory.buffer, control, 1)
    for (;;) {
      const seen = Atomics.load(tickets, 0)
      const isOpen = (seen & 0xffff) < seen >>> 16
      if (isOpen && Atomics.compareExchange(tickets, 0, seen, seen + 1) === seen) break
    }
  `
  return { ...rest, startWorker: (_: string, data: unknown) => startWorker(dies, data) }
})

test('a worker that dies in the middle of its work keeps nobody waiting', () => {
  const [a, b] = [rand([400, 400]), rand([400, 400])]
  setNumThreads(1)
  const expected = a.matmul(b).toArray()
  patience.milliseconds = 100
  setNumThreads(2)
  for (let n = 0; n < 1000 && getNumThreads() > 1; n++) {
    expect(a.matmul(b).toArray()).toEqual(expected)
  }
  expect(getNumThreads()).toBe(1)
  expect(a.matmul(b).toArray()).toEqual(expected)
})
