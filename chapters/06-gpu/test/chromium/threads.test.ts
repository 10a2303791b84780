import { rand } from '@deepdive/tensor'
import { expect, test } from 'vitest'
import { startWorker } from '#worker'
import { getNumThreads, setNumThreads } from '../../src/index.ts'

test('a worker of a page runs what it is told, on memory that it shares', async () => {
  const shared = new Int32Array(new SharedArrayBuffer(4))
  const worker = startWorker('Atomics.store(data, 0, 42)', shared)
  await expect.poll(() => Atomics.load(shared, 0)).toBe(42)
  worker.terminate()
})

test('products are the same on several threads of a page, also while they start', async () => {
  const [a, b] = [rand([300, 300]), rand([300, 300])]
  setNumThreads(1)
  const expected = a.matmul(b).toTypedArray()
  setNumThreads(3)
  for (let n = 0; n < 20; n++) {
    expect(a.matmul(b).toTypedArray()).toEqual(expected)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(getNumThreads()).toBe(3)
})
