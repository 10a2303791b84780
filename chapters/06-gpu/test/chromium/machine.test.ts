import { expect, test } from 'vitest'

test('this browser has an adapter', async () => {
  const adapter = await navigator.gpu.requestAdapter()
  const howTo =
    'Chromium finds no adapter: unset DEEPDIVE_CHROMIUM and DEEPDIVE_ADAPTER, so that a ' +
    'linux-x64 machine computes by SwiftShader, or name a browser that has WebGPU'
  expect(adapter, howTo).not.toBeNull()
})

test('this page may share memory among threads', () => {
  expect(crossOriginIsolated).toBe(true)
})
