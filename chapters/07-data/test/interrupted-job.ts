// Trains in small steps, until it is done or interrupted: interrupted-job.ts CHECKPOINT
import { data, fit, manualSeed, nn, optim, type Tensor } from '../src/index.ts'
import { points, smallModel } from './problem.ts'

const [file] = process.argv.slice(2)

manualSeed(1)
const model = smallModel()

/** A loss that takes its time. */
function slowly(output: Tensor, target: Tensor): Tensor {
  const end = performance.now() + 10
  while (performance.now() < end);
  return nn.functional.crossEntropy(output, target)
}

await fit(model, {
  train: new data.DataLoader(new data.TensorDataset(...points(30)), { shuffle: true }),
  loss: slowly,
  optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
  epochs: 2,
  checkpoint: { file, resume: true },
  callbacks: [
    (event) => {
      if (event.type === 'step') console.log(`step ${event.step}`)
    },
  ],
})
console.log(`weights ${model.parameters().map((weight) => weight.toArray())}`)
