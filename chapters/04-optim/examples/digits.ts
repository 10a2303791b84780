// Trains a small network on 10,000 handwritten digits, then shows what it reads.
import { noGrad, type Tensor } from '@deepdive/autograd'
import { functional as F, Linear, ReLU, Sequential, summary } from '@deepdive/nn'
import { OneCycleLR } from '@deepdive/optim'
import { manualSeed } from '@deepdive/tensor'
import { batches, loadDigits } from './digits/data.ts'
import { drawVerdicts } from './digits/draw.ts'
import { fail } from './digits/flags.ts'
import { readOptions } from './digits/options.ts'
import { ProgressLine } from './digits/progress-line.ts'

const { epochs, batchSize, lr, seed, makeOptimizer } = readOptions()
manualSeed(seed)

const { train, test } = loadDigits()
const count = train.labels.numel()
const steps = Math.ceil(count / batchSize)

const model = new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 10))
const optimizer = makeOptimizer(model.parameters(), lr)
const schedule = new OneCycleLR(optimizer, lr, {
  totalSteps: epochs * steps,
  cycleMomentum: false,
})

/** One step down the slope of the loss on a batch of images and their labels. */
function learn(images: Tensor, labels: Tensor): number {
  optimizer.zeroGrad()
  const loss = F.crossEntropy(model.forward(images), labels)
  loss.backward()
  optimizer.step()
  schedule.step()
  const value = loss.item()
  if (Number.isFinite(value)) return value
  return fail('digits', `the loss is ${value}: use a lower --lr than ${lr}`)
}

/** The share of the test digits that the network reads right. */
function accuracy(): number {
  const guesses = noGrad(() => model.forward(test.images).argmax(1))
  return guesses.eq(test.labels).to('float32').mean().item()
}

console.log(summary(model, [batchSize, 784]))
console.log(`\n${count} digits to learn from, ${test.labels.numel()} to be tested on\n`)

for (let epoch = 1; epoch <= epochs; epoch++) {
  const progress = new ProgressLine(`epoch ${epoch}/${epochs}`, steps)
  for (const { images, labels } of batches(train, batchSize)) {
    progress.advance(learn(images, labels))
  }
  progress.finish(accuracy())
}

const probabilities = noGrad(() => model.forward(test.images).softmax(1))
console.log(`\n${drawVerdicts(test, probabilities)}`)
console.log(`\ntest accuracy ${(100 * accuracy()).toFixed(2)} %`)
