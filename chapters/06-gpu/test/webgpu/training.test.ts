import type { Tensor } from '@deepdive/autograd'
import { BatchNorm2d, Conv2d, functional, MaxPool2d } from '@deepdive/conv'
import { functional as F, Flatten, Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { cpu, type Device, manualSeed } from '@deepdive/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { batches, loadDigits } from '../../../04-optim/examples/digits/data.ts'
import { memory, scope } from '../../src/index.ts'
import { openAdapter } from '../../src/webgpu/adapter.ts'
import { WebGpuDevice } from '../../src/webgpu/webgpu-device.ts'

// The same digits in the same order each time. In 4 of 330 orders a pool or a ReLU meets
// numbers so close that rounding decides where a gradient goes, on the `cpu` alone too.
manualSeed(4)
const { train } = loadDigits()
const batchSize = 16
const steps = 200

/** The networks of chapters 4 and 5, and what they see of the digits: small ones. */
const networks = {
  'the digit network': {
    make: () => new Sequential(new Linear(784, 32), new ReLU(), new Linear(32, 10)),
    see: (images: Tensor) => images,
  },
  'the convolutional network': {
    make: () =>
      new Sequential(
        new Conv2d(1, 4, 3, { padding: 1 }),
        new BatchNorm2d(4),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(4, 8, 3, { padding: 1 }),
        new BatchNorm2d(8),
        new ReLU(),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(8, 10),
      ),
    see: (images: Tensor) =>
      functional.avgPool2d(images.reshape([batchSize, 1, 28, 28]), 4),
  },
}

/** What training tells after each step: the loss, and how many tensors there are. */
interface Course {
  readonly losses: number[]
  readonly tensors: (number | null)[]
}

async function learn(
  { make, see }: (typeof networks)[keyof typeof networks],
  device: Device,
): Promise<Course> {
  manualSeed(4)
  const model = make().to(device)
  const optimizer = new Adam(model.parameters(), { lr: 3e-3 })
  const course: Course = { losses: [], tensors: [] }
  for (const { images, labels } of batches(train, batchSize)) {
    const loss = await scope(() => {
      optimizer.zeroGrad()
      const scores = model.forward(see(images).to(device))
      const loss = F.crossEntropy(scores, labels.to(device))
      loss.backward()
      optimizer.step()
      return loss.cpu()
    })
    course.losses.push(loss.item())
    course.tensors.push(memory(device).tensors)
    if (course.losses.length === steps) break
  }
  return course
}

describe.each(Object.entries(networks))('%s on webgpu', (_, network) => {
  let [there, here]: Course[] = []
  beforeAll(async () => {
    // A device of its own, where no other test leaves tensors behind.
    const gpu = new WebGpuDevice(await openAdapter({}))
    there = await learn(network, gpu)
    here = await learn(network, cpu)
    gpu.destroy()
  }, 120_000)

  test('learns', () => {
    const mean = (list: number[]) => list.reduce((sum, x) => sum + x) / list.length
    const [first, last] = [here.losses.slice(0, 20), here.losses.slice(-20)].map(mean)
    expect(last).toBeLessThan(0.8 * first)
  })

  test('has the losses that it has on the cpu, step by step, to 1e-4', () => {
    const apart = there.losses.map((loss, n) => Math.abs(loss - here.losses[n]))
    expect(apart.length).toBe(steps)
    expect(Math.max(...apart)).toBeLessThan(1e-4)
  })

  test('holds as many tensors after 200 steps as after the first', () => {
    expect(there.tensors[0]).toBeGreaterThan(4)
    expect(new Set(there.tensors).size).toBe(1)
  })
})
