// Trains a small network on 10,000 handwritten digits, then shows what it reads.
import { noGrad, type Tensor } from '@deepdive/autograd'
import { functional as F, Linear, ReLU, Sequential, summary } from '@deepdive/nn'
import { manualSeed } from '@deepdive/tensor'
import { batches, loadDigits } from './digits-data.ts'
import { drawVerdicts } from './digits-draw.ts'
import { readOptions } from './digits-options.ts'
import { ProgressLine } from './progress-line.ts'

const { epochs, batchSize, seed, makeOptimizer } = readOptions()
manualSeed(seed)

const { train, test } = loadDigits()
const model = new Sequential(new Linear(784, 128), new ReLU(), new Linear(128, 10))
const optimizer = makeOptimizer(model.parameters())
console.log(summary(model, [1, 784]))
const count = train.labels.numel()
console.log(`\n${count} digits to learn from, ${test.labels.numel()} to be tested on\n`)

/** One step down the slope of the loss on a batch of images and their labels. */
function learn(images: Tensor, labels: Tensor): number {
  optimizer.zeroGrad()
  const loss = F.crossEntropy(model.forward(images), labels)
  loss.backward()
  optimizer.step()
  return loss.item()
}

/** The share of the test digits that the network reads right. */
function accuracy(): number {
  const guesses = noGrad(() => model.forward(test.images).argmax(1))
  return guesses.eq(test.labels).to('float32').mean().item()
}

for (let epoch = 1; epoch <= epochs; epoch++) {
  const progress = new ProgressLine(`epoch ${epoch}/${epochs}`, Math.ceil(count / batchSize))
  for (const { images, labels } of batches(train, batchSize)) {
    progress.advance(learn(images, labels))
  }
  progress.finish(accuracy())
}

const probabilities = noGrad(() => model.forward(test.images).softmax(1))
console.log(`\n${drawVerdicts(test, probabilities)}`)
console.log(`test accuracy ${(100 * accuracy()).toFixed(2)} %`)
