import { ones } from '@deepdive/autograd'
import { BatchNorm2d } from '@deepdive/conv'
import { Linear, ReLU, Sequential } from '@deepdive/nn'
import { expect, test } from 'vitest'
import { device, profile } from '../../src/index.ts'
import { openAdapter } from '../../src/webgpu/adapter.ts'
import { WebGpuDevice } from '../../src/webgpu/webgpu-device.ts'

const gpu = await device('webgpu')
const model = new Sequential({ act: new ReLU() })

const work = (on: typeof gpu) => () => {
  const x = ones([128, 128], { device: on }).add(1)
  model.forward(x.matmul(x)).sum()
}

test('the GPU notes, where it can, how long each operation takes', async () => {
  await profile(work(gpu), { device: gpu })
  const report = await profile(work(gpu), { device: gpu, model })
  const hasTimestamps = gpu.info.features.includes('timestamp-query')
  const clock = hasTimestamps ? 'timestamps' : 'waiting'
  expect(report).toMatchObject({ device: 'webgpu', clock })
  expect(report.operations.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(['add', 'matmul', 'relu', 'sum']),
  )
  const relu = report.operations.find(({ operation }) => operation === 'relu')
  expect(relu).toMatchObject({ layer: 'act', calls: 1 })
  const total = report.operations.reduce((sum, { ms }) => sum + ms, 0)
  expect(total).toBeGreaterThan(0)
  expect(total).toBeLessThan(report.ms)
})

test('a model is looked at where it is', async () => {
  const there = new Sequential({ fc: new Linear(8, 4) }).to(gpu)
  const x = ones([2, 8], { device: gpu })
  const report = await profile(() => there.forward(x), { model: there })
  expect(report.device).toBe('webgpu')
  expect(report.operations.map(({ layer }) => layer)).toContain('fc')
})

test('the passes of an operation have its name', async () => {
  const layer = new BatchNorm2d(3).to(gpu)
  const x = ones([2, 3, 4, 4], { device: gpu }).add(1)
  const report = await profile(() => layer.forward(x), { device: gpu })
  const names = report.operations.map(({ operation }) => operation)
  expect(names).toContain('batchNorm')
  expect(names).not.toContain('standardize')
})

test('more operations than a set of timestamps holds are all noted', async () => {
  const x = ones([1], { device: gpu }).add(1)
  const report = await profile(
    () => {
      for (let n = 0; n < 3000; n++) x.array.binary_('mul', x.array)
    },
    { device: gpu },
  )
  const [{ calls }] = report.operations.filter(({ operation }) => operation === 'mul')
  expect(calls).toBe(3000)
})

async function withoutTimestamps(): Promise<WebGpuDevice> {
  const withTimestamps = await openAdapter({})
  const features = new Set([...withTimestamps.features])
  features.delete('timestamp-query')
  Object.defineProperty(withTimestamps, 'features', { value: features })
  return new WebGpuDevice(withTimestamps)
}

test('a GPU without timestamps is waited for', async () => {
  const without = await withoutTimestamps()
  const report = await profile(work(without), { device: without })
  expect(report.clock).toBe('waiting')
  expect(String(report)).toContain('as this GPU has no timestamps')
  expect(report.operations.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(['add', 'matmul', 'relu', 'sum']),
  )
  expect(report.operations.every(({ ms }) => ms >= 0)).toBe(true)
  without.destroy()
})

const makes = {
  'a GPU': async () => new WebGpuDevice(await openAdapter({})),
  'one without timestamps': withoutTimestamps,
}

test.each(Object.entries(makes))('%s may be lost meanwhile', async (_, make) => {
  const [lost, other] = [await make(), await make()]
  const losing = () => {
    work(lost)()
    lost.destroy()
  }
  await expect(profile(losing, { device: lost })).rejects.toThrow(
    'the device is lost, and its tensors with it',
  )
  const failing = () => {
    work(other)()
    other.destroy()
    throw new Error('what happened first')
  }
  await expect(profile(failing, { device: other })).rejects.toThrow(
    'what happened first',
  )
  await expect(profile(work(gpu), { device: gpu })).resolves.toBeDefined()
})

test('what comes after a profile is not watched, and computes the same', async () => {
  const x = ones([2], { device: gpu }).add(1)
  const report = await profile(() => x.mul(2), { device: gpu })
  const y = x.mul(3)
  expect(report.operations).toHaveLength(1)
  expect((await y.cpu()).toArray()).toEqual([6, 6])
})
