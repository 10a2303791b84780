import { Tensor } from '@deepdive/autograd'
import { functional as F } from '@deepdive/conv'
import { cpu, full, ones, zeros } from '@deepdive/tensor'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { create } from 'webgpu'
import { device } from '../../src/index.ts'
import { openAdapter } from '../../src/webgpu/adapter.ts'
import { findGpu } from '../../src/webgpu/adapter-browser.ts'
import { findGpu as findDawn } from '../../src/webgpu/adapter-node.ts'
import { WebGpuDevice } from '../../src/webgpu/webgpu-device.ts'
import { gpu } from './gpu.ts'

afterEach(() => void vi.unstubAllGlobals())

describe('device', () => {
  test('gives the cpu by its name', async () => {
    expect(await device('cpu')).toBe(cpu)
  })

  test('gives the same GPU for the same options as long as it lives', async () => {
    expect(await device('webgpu')).toBe(gpu)
    expect(await device('webgpu', {})).toBe(gpu)
    const defaults = { powerPreference: 'high-performance', adapter: '' } as const
    expect(await device('webgpu', defaults)).toBe(gpu)
    const options = { powerPreference: 'low-power' } as const
    const other = await device('webgpu', options)
    expect(other).not.toBe(gpu)
    expect(await device('webgpu', options)).toBe(other)
    other.destroy()
    const next = await device('webgpu', options)
    expect(next).not.toBe(other)
    expect((await ones([2], { device: next }).add(1).cpu()).toArray()).toEqual([2, 2])
    next.destroy()
  })

  test('asked for twice at once is made once', async () => {
    const options = { powerPreference: 'low-power' } as const
    const [one, other] = await Promise.all([
      device('webgpu', options),
      device('webgpu', options),
    ])
    expect(one).toBe(other)
    one.destroy()
  })

  test('tells what it is', () => {
    const { vendor, architecture, description, features, limits } = gpu.info
    expect(vendor + architecture + description).not.toBe('')
    expect(features).toContain('core-features-and-limits')
    expect(limits.maxTensorBytes).toBeGreaterThanOrEqual(2 ** 27)
    expect(limits.maxInvocations).toBeGreaterThanOrEqual(256)
  })

  test('has no other names, and no other preferences', async () => {
    // @ts-expect-error a name that there is not
    await expect(device('cuda')).rejects.toThrow(
      "device: name is 'cuda': it must be 'cpu' or 'webgpu'",
    )
    // @ts-expect-error a preference that there is not
    await expect(device('webgpu', { powerPreference: 'fast' })).rejects.toThrow(
      "device: powerPreference is 'fast': it must be 'low-power' or 'high-performance'",
    )
    // @ts-expect-error an option that is passed by its place
    await expect(device('webgpu', 'low-power')).rejects.toThrow(
      "device: options are the string 'low-power': they must be an object, as { name:",
    )
    await expect(device('webgpu', { adapter: 'none such' })).rejects.toThrow(
      "device: adapter is 'none such': it must be a part of an adapter's name: ",
    )
  })
})

describe('a machine without WebGPU', () => {
  test('is told which package Node needs', async () => {
    const load = () => Promise.reject(new Error('not found'))
    await expect(findDawn('another', load)).rejects.toThrow(
      "device: 'webgpu' needs the package webgpu in Node, which is not installed: " +
        'npm install webgpu',
    )
  })

  test('is told what a browser needs', async () => {
    vi.stubGlobal('navigator', {})
    await expect(findGpu()).rejects.toThrow(
      "device: 'webgpu' needs navigator.gpu, which is missing: use a browser that " +
        'has WebGPU, and a page from https:// or localhost',
    )
    const fake = { requestAdapter: () => Promise.resolve(null) }
    vi.stubGlobal('navigator', { gpu: fake })
    expect(await findGpu()).toBe(fake)
  })

  test('is told that it has no adapter', async () => {
    const none = create([])
    none.requestAdapter = () => Promise.resolve(null)
    await expect(openAdapter({}, async () => none)).rejects.toThrow(
      "device: 'webgpu' finds no adapter on this machine: it needs a graphics card",
    )
  })
})

describe('a device that is lost', () => {
  test('rejects what waits for it, and refuses what comes later', async () => {
    const lost = new WebGpuDevice(await openAdapter({}))
    const x = ones([3], { device: lost }).add(1)
    const waiting = x.cpu()
    lost.destroy()
    const message =
      'webgpu: the device is lost, and its tensors with it: it was destroyed: make a ' +
      "new one by await device('webgpu')"
    await expect(waiting).rejects.toThrow(message)
    expect(lost.lost).toBe(true)
    expect(() => x.mul(2)).toThrow(message)
    expect(() => zeros([2], { device: lost })).toThrow(message)
    await expect(x.cpu()).rejects.toThrow(message)
  })

  test('says what WebGPU says of the loss', async () => {
    const raw = await openAdapter({})
    const lost = new WebGpuDevice(raw)
    const x = ones([3], { device: lost }).add(1)
    raw.destroy()
    await raw.lost
    expect(() => x.mul(2)).toThrow(
      /the device is lost, and its tensors with it: .+destr/,
    )
  })
})

describe('limits of the adapter', () => {
  test('a tensor beyond what a kernel can see is refused, with the limit', () => {
    const { maxTensorBytes } = gpu.info.limits
    expect(() => zeros([maxTensorBytes / 4 + 1], { device: gpu })).toThrow(
      `webgpu: a tensor of ${maxTensorBytes + 4} bytes is larger than this adapter ` +
        `lets a kernel see: ${maxTensorBytes} (device.info.limits.maxTensorBytes): split`,
    )
  })

  test('so are images whose windows would be larger', () => {
    const side = Math.ceil(Math.sqrt(gpu.info.limits.maxTensorBytes / 4 / 9)) + 1
    const images = new Tensor(zeros([1, 1, side, side], { device: gpu }))
    const filters = new Tensor(zeros([1, 1, 3, 3], { device: gpu }))
    expect(() => F.conv2d(images, filters, undefined, { padding: 1 })).toThrow(
      `webgpu: a tensor of ${4 * 9 * side ** 2} bytes is larger than this adapter lets`,
    )
  })

  test('a tensor up to there is computed, and read', async () => {
    const adapter = await (await findDawn()).requestAdapter()
    // As many bytes as no number that the pool rounds to.
    const most = 2 ** 27 + 1_000_012
    const raw = await adapter?.requestDevice({
      requiredLimits: { maxStorageBufferBindingSize: most, maxBufferSize: most },
    })
    if (!raw) throw new Error('this machine has no adapter')
    const narrow = new WebGpuDevice(raw)
    const { maxTensorBytes } = narrow.info.limits
    const length = maxTensorBytes / 4
    expect(most - maxTensorBytes).toBeLessThan(32)
    const x = ones([length], { device: narrow }).add(1)
    const ends = [x.slice(0, 0, 2), x.slice(0, length - 2, length)]
    for (const end of ends) expect((await end.cpu()).toArray()).toEqual([2, 2])
    expect((await x.cpu()).toTypedArray()[length - 1]).toBe(2)
    narrow.destroy()
  })

  test('more than 65,535 workgroups are folded into rows of them', async () => {
    const rows = 4200
    const column = full([rows, 1], 2, { device: gpu }).add(1)
    const row = full([4100], 3, { device: gpu }).add(2)
    const product = column.mul(row)
    expect(product.numel() / 256).toBeGreaterThan(65_535)
    expect(await itemOf(product.select(0, rows - 1).select(0, 4099))).toBe(15)
    expect(await itemOf(product.sum())).toBe(15 * product.numel())
    gpu.free(product.storage)
  })
})

async function itemOf(x: { cpu(): Promise<{ item(): number }> }): Promise<number> {
  return (await x.cpu()).item()
}
