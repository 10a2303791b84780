// Learns "either or", which no straight line separates: the smallest deep network.
import { tensor } from '@deepdive/autograd'
import { functional as F, Linear, Sequential, Tanh } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { manualSeed } from '@deepdive/tensor'

manualSeed(1)
const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const y = tensor([[0], [1], [1], [0]])

const model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1))
const optimizer = new Adam(model.parameters(), { lr: 0.05 })

for (let step = 0; step < 200; step++) {
  optimizer.zeroGrad()
  const loss = F.binaryCrossEntropyWithLogits(model.forward(x), y)
  loss.backward()
  optimizer.step()
}
console.log(model.forward(x).sigmoid().gt(0.5))
