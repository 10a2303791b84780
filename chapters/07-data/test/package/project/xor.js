import { manualSeed, nn, optim, tensor } from 'deepdive'

export const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const y = tensor([[0], [1], [1], [0]])

/** What it takes to learn "either or": a small network, and how. */
export function makeJob() {
  manualSeed(1)
  const model = new nn.Sequential(
    new nn.Linear(2, 8),
    new nn.Tanh(),
    new nn.Linear(8, 1),
  )
  const options = {
    train: [[x, y]],
    loss: nn.functional.binaryCrossEntropyWithLogits,
    optimizer: new optim.Adam(model.parameters(), { lr: 0.05 }),
    epochs: 200,
    progress: false,
  }
  return { model, options }
}

/** What the network says of the four pairs. */
export function answers(model) {
  return model.forward(x).gt(0).flatten().toArray()
}
