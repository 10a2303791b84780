import { setImmediate } from 'node:timers/promises'
import { ones } from '@deepdive/autograd'
import { collectGarbage } from '@deepdive/testing'
import { describe, expect, test, vi } from 'vitest'
import { debugLeaks, memory, scope } from '../../src/index.ts'
import { openAdapter } from '../../src/webgpu/adapter.ts'
import { WebGpuDevice } from '../../src/webgpu/webgpu-device.ts'
import { smallTraining } from '../memory/train.ts'

/** A device of its own, where no other test leaves tensors behind. */
const gpu = new WebGpuDevice(await openAdapter({}))

describe('the memory of webgpu', () => {
  test('is the same after each of 200 steps of training, each in a scope', async () => {
    const step = smallTraining(gpu)
    const held: string[] = []
    for (let n = 0; n < 200; n++) {
      if (n % 50 === 0) await scope(() => step().cpu())
      else scope(() => void step())
      if (n > 2) held.push(String(memory(gpu)))
    }
    expect(new Set(held).size).toBe(1)
  })

  test('comes back with the garbage where there is no scope', async () => {
    const step = smallTraining(gpu)
    scope(step)
    const held = memory(gpu).tensors ?? 0
    for (let n = 0; n < 5; n++) step()
    expect(memory(gpu).tensors).toBeGreaterThan(held + 250)
    const tensorsAfterCollecting = async () => {
      await collectGarbage()
      await setImmediate()
      return memory(gpu).tensors
    }
    await expect.poll(tensorsAfterCollecting).toBeLessThan(held + 10)
  })

  test('is refused once it was freed', async () => {
    let x = ones([3], { device: gpu })
    scope(() => {
      x = x.add(1)
    })
    expect(() => x.exp()).toThrow('a tensor (float32 × 3, 12 bytes) was freed, as its')
    await expect(x.cpu()).rejects.toThrow('was freed, as its scope ended or by free()')
  })

  test('says where it was made', async () => {
    const apart = new WebGpuDevice(await openAdapter({}))
    debugLeaks(apart)
    ones([3], { device: apart })
    const [{ madeAt }] = debugLeaks(apart).places
    expect(madeAt).toMatch(/memory\.test\.ts:\d+:\d+/)
    apart.destroy()
  })

  test('is read while its scope ends', async () => {
    const x = ones([2, 3], { device: gpu })
    const reading = scope(() => x.mul(2).select(1, 0).cpu())
    const other = scope(() => x.mul(5).mean())
    expect((await reading).toArray()).toEqual([2, 2])
    expect((await other.cpu()).item()).toBe(5)
  })
})

describe('a card without room', () => {
  test('lets whoever reads next hear who holds how much, and goes on', async () => {
    const raw = await openAdapter({})
    const noRoom = Promise.resolve({ message: 'no room' })
    const full = new WebGpuDevice(raw)
    const x = ones([1024], { device: full }).add(1)
    await x.cpu()
    Object.defineProperty(raw, 'popErrorScope', {
      value: () => noRoom,
      configurable: true,
    })
    const lost = ones([3000], { device: full }).add(1)
    Reflect.deleteProperty(raw, 'popErrorScope')
    const made = vi.spyOn(raw, 'createBuffer')
    await expect(lost.cpu()).rejects.toThrow(
      /^webgpu: there is no room for 12\.0 KB more: \d+ tensors hold 31\.\d KB/,
    )
    // What it was to be read by makes room as well.
    const [staging] = made.mock.results.map(({ value }) => value)
    expect(() => staging.getMappedRange()).toThrow()
    full.free(lost.array.storage)
    expect((await x.cpu()).toTypedArray()[1023]).toBe(2)
    expect(memory(full).poolBytes).toBe(0)
    full.destroy()
  })
})
