import { ones } from '@deepdive/tensor'
import { expect, test, vi } from 'vitest'
import { getNumThreads, setNumThreads } from '../../src/index.ts'

vi.mock('#worker', async (original) => ({
  ...(await original<typeof import('#worker')>()),
  startWorker: () => {
    throw new Error('forbidden by content security policy')
  },
}))

test('where workers are forbidden, there is one thread', () => {
  setNumThreads(2)
  const y = ones([300, 300]).matmul(ones([300, 300]))
  expect(y.eq(300).all().item()).toBe(1)
  expect(getNumThreads()).toBe(1)
})
