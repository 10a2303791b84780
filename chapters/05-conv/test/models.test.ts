import { noGrad, randn, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { functional as F, type Module } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import { LeNet5 } from '../examples/models/lenet5.ts'
import { ResNet } from '../examples/models/resnet.ts'

beforeEach(() => manualSeed(8))

interface Classifier extends Module {
  forward(x: Tensor): Tensor
}

const count = (model: Module) =>
  model.parameters().reduce((sum, parameter) => sum + parameter.numel(), 0)

/** Bright bars, lying or standing, on noise: what lies is class 0. */
function bars(samples: number, channels: number): { x: Tensor; labels: Tensor } {
  const x = randn([samples, channels, 16, 16]).mul(0.3)
  const labels = Array.from({ length: samples }, (_, n) => n % 2)
  labels.forEach((label, n) => {
    const at = 2 + (n % 12)
    const bar = x.select(0, n).narrow(label + 1, at, 2)
    x.select(0, n)
      .narrow(label + 1, at, 2)
      .copy_(bar.add(1))
  })
  return { x, labels: tensor(labels, { dtype: 'int32' }) }
}

function learn(model: Classifier, x: Tensor, labels: Tensor, steps: number): number[] {
  const optimizer = new Adam(model.parameters(), { lr: 0.01 })
  return Array.from({ length: steps }, () => {
    optimizer.zeroGrad()
    const loss = F.crossEntropy(model.forward(x), labels)
    loss.backward()
    optimizer.step()
    return loss.item()
  })
}

const models: [name: string, make: () => Classifier, channels: number][] = [
  ['LeNet-5', () => new LeNet5([4, 8, 16, 12], 2, 16), 1],
  ['a ResNet', () => new ResNet(2, [6, 8], 2), 2],
]

describe.each(models)('%s', (_, make, channels) => {
  test('tells lying bars from standing ones after a few steps', () => {
    const model = make()
    const { x, labels } = bars(24, channels)
    const losses = learn(model, x, labels, 25)
    expect(losses[losses.length - 1]).toBeLessThan(0.3 * losses[0])
  })

  test('is the same with the state of another', () => {
    const [one, other] = [make(), make()]
    const { x } = bars(4, channels)
    one.forward(x)
    other.loadStateDict(one.stateDict())
    for (const model of [one, other]) model.eval()
    const [expected, found] = [one, other].map((model) =>
      noGrad(() => model.forward(x)),
    )
    expect(found.toArray()).toEqual(expected.toArray())
  })
})

test('LeNet-5 has the parameters of the paper, with a full second convolution', () => {
  const model = new LeNet5()
  expect(model.forward(zeros([2, 1, 28, 28])).shape).toEqual([2, 10])
  expect(count(model)).toBe(156 + 2416 + 48_120 + 10_164 + 850)
})

test('a ResNet takes images of any size, and has the keys of torchvision', () => {
  const model = new ResNet()
  for (const size of [32, 17]) {
    expect(model.forward(zeros([2, 3, size, size])).shape).toEqual([2, 10])
  }
  const first = 3 * 16 * 9 + 2 * 16
  const layer1 = 2 * (16 * 16 * 9 + 2 * 16)
  const layer2 = 16 * 32 * 9 + 32 * 32 * 9 + 16 * 32 + 3 * 2 * 32
  expect(count(model)).toBe(first + layer1 + layer2 + 32 * 10 + 10)
  const keys = [...model.namedParameters()].map(([key]) => key)
  expect(keys).toEqual([
    'conv1.weight',
    'bn1.weight',
    'bn1.bias',
    ...['conv1.weight', 'bn1.weight', 'bn1.bias'].map((key) => `layer1.0.${key}`),
    ...['conv2.weight', 'bn2.weight', 'bn2.bias'].map((key) => `layer1.0.${key}`),
    ...['conv1.weight', 'bn1.weight', 'bn1.bias'].map((key) => `layer2.0.${key}`),
    ...['conv2.weight', 'bn2.weight', 'bn2.bias'].map((key) => `layer2.0.${key}`),
    ...['0.weight', '1.weight', '1.bias'].map((key) => `layer2.0.downsample.${key}`),
    'fc.weight',
    'fc.bias',
  ])
})

test('a skip connection passes gradients on where its block passes none', () => {
  const model = new ResNet(1, [2, 2], 2)
  noGrad(() => {
    for (const [name, parameter] of model.namedParameters()) {
      if (name.startsWith('layer') && name.endsWith('conv2.weight')) parameter.zero_()
    }
  })
  const x = randn([2, 1, 8, 8], { requiresGrad: true })
  model.forward(x).square().sum().backward()
  expect(x.grad?.abs().amax().item()).toBeGreaterThan(0)
})
