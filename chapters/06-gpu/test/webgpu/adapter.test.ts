import { expect, test } from 'vitest'
import { create } from 'webgpu'

test('this machine has an adapter that Dawn finds', async () => {
  const adapter = await create([]).requestAdapter()
  const howTo =
    'Dawn finds no adapter: install a driver for Vulkan, Metal or Direct3D 12, or unset ' +
    'DEEPDIVE_ADAPTER, so that a linux-x64 machine without one computes by SwiftShader'
  expect(adapter, howTo).not.toBeNull()
})
