// Learns "either or", which no straight line separates.
import { fit, manualSeed, nn, noGrad, optim, tensor } from 'deepdive'

manualSeed(1)
const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const y = tensor([[0], [1], [1], [0]])

const model = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 1))
await fit(model, {
  train: [[x, y]],
  loss: nn.functional.binaryCrossEntropyWithLogits,
  optimizer: new optim.Adam(model.parameters(), { lr: 0.05 }),
  epochs: 200,
  progress: false,
})
console.log(noGrad(() => model.forward(x).sigmoid().gt(0.5)))
