import { array } from '@deepdive/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { create } from 'webgpu'
import { openAdapter } from '../../src/webgpu/adapter.ts'
import { WebGpuDevice } from '../../src/webgpu/webgpu-device.ts'
import { kernel } from '../../src/webgpu/wgsl/kernel.ts'
import { callWithHalves, forEachCall } from '../float16/describe-halves.ts'

/**
 * Of Dawn without a GPU: it has all features, refuses programs as every other does, and
 * computes nothing.
 */
const nothing = create(['backend=null'])
const opened = await openAdapter({}, async () => nothing)
const device = new WebGpuDevice(opened)

test('where nothing computes, a program that takes a float32 for a float16 is refused', async () => {
  const program = (value: string) =>
    kernel({
      parameters: ['size: u32'],
      bindings: [{ name: 'out', type: 'f16', access: 'read_write' }],
      body: `out[p.size] = ${value};`,
    })
  const refusal = (code: string) => {
    opened.pushErrorScope('validation')
    opened.createShaderModule({ code })
    return opened.popErrorScope()
  }
  expect(await refusal(program('1.0h'))).toBeNull()
  expect((await refusal(program('1.0f')))?.message).toContain("'f32' to 'f16'")
})

test('programs for float16 are valid: matmul of matrices in fours', async () => {
  const x = array(new Float32Array(64 * 64), [64, 64], { device, dtype: 'float16' })
  x.matmul(x).matmul(x.t()).t().matmul(x.to('float32'))
  await device.synchronize()
})

forEachCall(device, (name, kernel, calls) => {
  test(`programs for float16 are valid: ${name}`, async () => {
    for (const call of fc.sample(calls, { numRuns: 20, seed: 1 })) {
      callWithHalves(kernel, call, device)
    }
    await device.synchronize()
  })
})
