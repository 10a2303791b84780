import { randint, randn, type Tensor } from '@deepdive/autograd'
import { BatchNorm1d } from '@deepdive/conv'
import { CrossEntropyLoss, Dropout, Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam, clipGradNorm, StepLR } from '@deepdive/optim'
import { type Device, Generator } from '@deepdive/tensor'

/** A small network with all that remembers something from one step to the next. */
export function smallTraining(device: Device): () => Tensor {
  const generator = new Generator(0)
  const model = new Sequential(
    new Linear(8, 16),
    new BatchNorm1d(16),
    new ReLU(),
    new Dropout(0.1),
    new Linear(16, 4),
  ).to(device)
  const optimizer = new Adam(model.parameters(), { lr: 1e-2 })
  const schedule = new StepLR(optimizer, 50)
  const criterion = new CrossEntropyLoss()
  return () => {
    const x = randn([32, 8], { generator, device })
    const y = randint(0, 4, [32], { generator, device })
    optimizer.zeroGrad()
    const loss = criterion.forward(model.forward(x), y)
    loss.backward()
    clipGradNorm(model.parameters(), 1)
    optimizer.step()
    schedule.step()
    return loss
  }
}
