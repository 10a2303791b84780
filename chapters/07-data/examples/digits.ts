// Trains a small network on 10,000 handwritten digits, then shows what it reads.
import { data, fit, manualSeed, metrics, nn, noGrad, optim } from 'deepdive'
import { loadDigits } from '../../04-optim/examples/digits/data.ts'
import { drawVerdicts } from '../../04-optim/examples/digits/draw.ts'
import { fail } from '../../04-optim/examples/digits/flags.ts'
import { readOptions } from '../../04-optim/examples/digits/options.ts'

const { epochs, batchSize, lr, seed, makeOptimizer } = readOptions()
manualSeed(seed)

const digits = loadDigits()
const train = new data.TensorDataset(digits.train.images, digits.train.labels)
const test = new data.TensorDataset(digits.test.images, digits.test.labels)
const loader = new data.DataLoader(train, { batchSize, shuffle: true })

const model = new nn.Sequential(
  new nn.Linear(784, 256),
  new nn.ReLU(),
  new nn.Linear(256, 10),
)
const optimizer = makeOptimizer(model.parameters(), lr)
const totalSteps = epochs * (await loader.length)

console.log(nn.summary(model, [batchSize, 784]))
console.log(`\n${train.length} digits to learn from, ${test.length} to be tested on\n`)

await fit(model, {
  train: loader,
  validation: new data.DataLoader(test, { batchSize: 500 }),
  loss: nn.functional.crossEntropy,
  metrics: { accuracy: new metrics.Accuracy() },
  optimizer,
  schedule: new optim.OneCycleLR(optimizer, lr, { totalSteps, cycleMomentum: false }),
  epochs,
}).catch((error) => fail('digits', error.message))

const probabilities = noGrad(() => model.forward(digits.test.images).softmax(1))
const right = probabilities.argmax(1).eq(digits.test.labels).to('float32').mean()

console.log(`\n${drawVerdicts(digits.test, probabilities)}`)
console.log(`\ntest accuracy ${(100 * right.item()).toFixed(2)} %`)
