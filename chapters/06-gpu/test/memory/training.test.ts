import { setImmediate } from 'node:timers/promises'
import { ones } from '@deepdive/autograd'
import { Linear } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { cpu, type Device } from '@deepdive/tensor'
import { collectGarbage } from '@deepdive/testing'
import { expect, test } from 'vitest'
import { memory, scope } from '../../src/index.ts'
import { explicitDevice } from './explicit-device.ts'
import { smallTraining } from './train.ts'

test('200 steps of training, each in a scope, hold as much memory as one', async () => {
  const device = explicitDevice()
  const step = smallTraining(device)
  const held: (number | null)[] = []
  for (let n = 0; n < 200; n++) {
    await scope(async () => {
      await step().cpu()
    })
    held.push(memory(device).bytes, memory(device).tensors)
  }
  expect(new Set(held)).toEqual(new Set(held.slice(0, 2)))
})

test('what no scope frees comes back with the garbage', async () => {
  const device = explicitDevice()
  const x = ones([1], { device })
  const step = smallTraining(device)
  scope(step)
  const held = memory(device)
  for (let n = 0; n < 20; n++) step()
  expect(memory(device).tensors).toBeGreaterThan(1000)
  // A few may be at hand still, in compiled code.
  await expect.poll(tensorsAfterCollecting).toBeLessThan((held.tensors ?? 0) + 10)
  expect(x.add(1).shape).toEqual([1])

  async function tensorsAfterCollecting() {
    await collectGarbage()
    await setImmediate()
    return memory(device).tensors
  }
})

test('an optimizer may be made before its model moves, but not step before', async () => {
  const device = explicitDevice()
  const model = new Linear(2, 1)
  const optimizer = new Adam(model.parameters())
  const step = (on: Device) =>
    scope(() => {
      optimizer.zeroGrad()
      model
        .forward(ones([1, 2], { device: on }))
        .sum()
        .backward()
      optimizer.step()
    })
  model.to(device)
  step(device)
  step(device)
  expect(memory(device).tensors).toBe(8) // two parameters, with gradients and moments
  await model.cpu()
  expect(() => step(cpu)).toThrow('make the optimizer after moving the model')
})
