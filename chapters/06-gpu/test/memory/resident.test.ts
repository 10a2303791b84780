import { randint, randn } from '@deepdive/autograd'
import { functional as F, Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { expect, test } from 'vitest'
import '../../src/index.ts'

test('100,000 steps of training on the cpu, with no scope, take no more memory', () => {
  const images = randn([64, 32])
  const labels = randint(0, 4, [64])
  const model = new Sequential(new Linear(32, 32), new ReLU(), new Linear(32, 4))
  const optimizer = new Adam(model.parameters())
  const step = () => {
    optimizer.zeroGrad()
    F.crossEntropy(model.forward(images), labels).backward()
    optimizer.step()
  }
  const residentAfter = (steps: number) => {
    for (let n = 0; n < steps; n++) step()
    return process.memoryUsage().rss
  }
  const early = residentAfter(20_000)
  const late = residentAfter(80_000)
  // A step makes many kilobytes; and an engine takes some 40 MB more when it sees fit.
  expect((late - early) / 80_000).toBeLessThan(1000)
}, 120_000)
