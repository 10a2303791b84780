// Trains a convolutional network on pictures of clothes (Fashion-MNIST), or on digits.
import { cat, noGrad, type Tensor } from '@deepdive/autograd'
import { BatchNorm2d, Conv2d, MaxPool2d } from '@deepdive/conv'
import {
  functional as F,
  Flatten,
  Linear,
  ReLU,
  Sequential,
  summary,
} from '@deepdive/nn'
import { Adam, OneCycleLR } from '@deepdive/optim'
import { manualSeed } from '@deepdive/tensor'
import { batches } from '../../04-optim/examples/digits/data.ts'
import { drawVerdicts } from '../../04-optim/examples/digits/draw.ts'
import { fail } from '../../04-optim/examples/digits/flags.ts'
import { ProgressLine } from '../../04-optim/examples/digits/progress-line.ts'
import { loadPictures } from './fashion/data.ts'
import { readOptions } from './fashion/options.ts'

const options = readOptions()
manualSeed(options.seed)

const { train, test, names } = loadPictures(options)
const steps = Math.ceil(train.labels.numel() / options.batchSize)

const model = new Sequential(
  new Conv2d(1, 16, 3, { padding: 1 }),
  new BatchNorm2d(16),
  new ReLU(),
  new MaxPool2d(2),
  new Conv2d(16, 32, 3, { padding: 1 }),
  new BatchNorm2d(32),
  new ReLU(),
  new MaxPool2d(2),
  new Flatten(),
  new Linear(32 * 7 * 7, 10),
)
const optimizer = new Adam(model.parameters(), { lr: options.lr })
const schedule = new OneCycleLR(optimizer, options.lr, {
  totalSteps: options.epochs * steps,
  cycleMomentum: false,
})

/** One step down the slope of the loss on a batch of pictures and their labels. */
function learn(images: Tensor, labels: Tensor): number {
  optimizer.zeroGrad()
  const loss = F.crossEntropy(model.forward(images), labels)
  loss.backward()
  optimizer.step()
  schedule.step()
  const value = loss.item()
  if (Number.isFinite(value)) return value
  return fail('fashion', `the loss is ${value}: use a lower --lr than ${options.lr}`)
}

/** What the network makes of the test pictures, a part of them at a time. */
function probabilities(): Tensor {
  model.eval()
  const parts = test.images.split(250).map((images) => model.forward(images).softmax(1))
  model.train()
  return cat(parts)
}

function accuracy(): number {
  const guesses = noGrad(() => probabilities().argmax(1))
  return guesses.eq(test.labels).to('float32').mean().item()
}

console.log(summary(model, [options.batchSize, 1, 28, 28]))
const [trainCount, testCount] = [train.labels.numel(), test.labels.numel()]
console.log(`\n${trainCount} pictures to learn from, ${testCount} to be tested on\n`)

for (let epoch = 1; epoch <= options.epochs; epoch++) {
  const progress = new ProgressLine(`epoch ${epoch}/${options.epochs}`, steps)
  for (const { images, labels } of batches(train, options.batchSize)) {
    progress.advance(learn(images, labels))
  }
  progress.finish(accuracy())
}

console.log(`\n${drawVerdicts(test, noGrad(probabilities), names)}`)
console.log(`\ntest accuracy ${(100 * accuracy()).toFixed(2)} %`)
