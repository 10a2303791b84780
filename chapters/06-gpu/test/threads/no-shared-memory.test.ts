import { expect, test, vi } from 'vitest'

test('where threads cannot share memory there is one, and all goes on as before', async () => {
  vi.stubGlobal('SharedArrayBuffer', undefined)
  const { getNumThreads, setNumThreads } = await import('../../src/index.ts')
  const { ones } = await import('@deepdive/tensor')
  expect(getNumThreads()).toBe(1)
  setNumThreads(4)
  expect(getNumThreads()).toBe(1)
  const y = ones([300, 300]).matmul(ones([300, 300]))
  expect(y.eq(300).all().item()).toBe(1)
  vi.unstubAllGlobals()
})
