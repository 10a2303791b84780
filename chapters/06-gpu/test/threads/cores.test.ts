import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

test.each([
  ['one that says how many', { hardwareConcurrency: 6 }, 6],
  ['one that does not say', {}, 1],
  ['one without a navigator', undefined, 1],
])('the cores of a browser: %s', async (_, navigator, count) => {
  vi.stubGlobal('navigator', navigator)
  const { cores } = await import('../../src/threads/worker-browser.ts')
  expect(cores).toBe(count)
})
