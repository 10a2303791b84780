import {
  data,
  evaluate,
  fit,
  type History,
  load,
  metrics,
  nn,
  optim,
  save,
  type Tensor,
  tensor,
  training,
} from 'deepdive'
import 'deepdive/simd'

class Net extends nn.Module {
  readonly layer = new nn.Linear(2, 1)
  forward(x: Tensor): Tensor {
    return this.layer.forward(x).relu()
  }
}

const model = new Net()
const set = new data.TensorDataset(tensor([[1, 2]]), tensor([[3]]))
const options = {
  train: new data.DataLoader(set, { batchSize: 2, shuffle: true }),
  loss: nn.functional.mseLoss,
  metrics: { r2: new metrics.R2Score() },
  optimizer: new optim.Adam(model.parameters(), { lr: 1e-3 }),
  epochs: 1,
}
const history: History = await fit(model, options)
export const loss: number = history.epochs[0].train.loss
for await (const event of training(model, options)) {
  if (event.type === 'step') console.log(event.step.toFixed())
}
await evaluate(model, options.train, { loss: new nn.MSELoss() })
await save(model, 'net.safetensors')
model.loadStateDict(await load('net.safetensors'))

// Were a type lost on the way, to become `any`, nothing of this would be an error.

// @ts-expect-error: a model is no optimizer
await fit(model, { ...options, optimizer: model })
// @ts-expect-error: a loss is made of tensors
await fit(model, { ...options, loss: (output: number) => output })
// @ts-expect-error: a layer takes numbers
new nn.Linear('2', 1)
// @ts-expect-error: a sum is a tensor
export const sum: number = tensor([1]).sum()
