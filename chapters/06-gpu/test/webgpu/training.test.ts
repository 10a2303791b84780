import { randint, randn } from '@deepdive/autograd'
import { BatchNorm2d, Conv2d, MaxPool2d } from '@deepdive/conv'
import { CrossEntropyLoss, Flatten, Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { cpu, type Device, Generator, manualSeed, type Shape } from '@deepdive/tensor'
import { expect, test } from 'vitest'
import { scope } from '../../src/index.ts'
import { gpu } from './gpu.ts'

const perceptron = () =>
  new Sequential(new Flatten(), new Linear(64, 32), new ReLU(), new Linear(32, 10))

const convolutional = () =>
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
    new Linear(32, 10),
  )

/** The losses of 10 steps on pictures that are drawn anew for each. */
async function losses(make: () => Sequential, device: Device): Promise<number[]> {
  manualSeed(3)
  const model = make().to(device)
  const optimizer = new Adam(model.parameters(), { lr: 1e-2 })
  const criterion = new CrossEntropyLoss()
  const generator = new Generator(5)
  const size: Shape = [16, 1, 8, 8]
  const found: number[] = []
  for (let n = 0; n < 10; n++) {
    const loss = scope(() => {
      const x = randn(size, { generator, device })
      const y = randint(10, [16], { generator, device })
      optimizer.zeroGrad()
      const loss = criterion.forward(model.forward(x), y)
      loss.backward()
      optimizer.step()
      return loss
    })
    found.push((await loss.cpu()).item())
  }
  return found
}

test.each([
  ['a perceptron', perceptron],
  ['a convolutional network', convolutional],
])('%s learns as on the cpu', async (_, make) => {
  const there = await losses(make, gpu)
  const here = await losses(make, cpu)
  for (const [n, loss] of here.entries()) expect(there[n] / loss).toBeCloseTo(1, 3)
})
