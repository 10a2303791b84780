import { createHash } from 'node:crypto'
import { data, Generator, nn, optim, randn, type Tensor } from '../src/index.ts'

const adamW = (parameters: Tensor[]): optim.Optimizer =>
  new optim.AdamW(parameters, { lr: 0.05, amsgrad: true })

/** A network that draws random numbers as it learns, and all that trains it. */
export function training({ width = 16, make = adamW } = {}) {
  const model = new nn.Sequential(
    new nn.Linear(6, width),
    new nn.BatchNorm1d(width),
    new nn.ReLU(),
    new nn.Dropout(0.3),
    new nn.Linear(width, 2),
  )
  const optimizer = make(model.parameters())
  const warmUp = new optim.LinearLR(optimizer, { totalIters: 3 })
  const decay = new optim.ExponentialLR(optimizer, 0.9)
  const schedule = new optim.SequentialLR(optimizer, [warmUp, decay], [3])
  const x = randn([40, 6], { generator: new Generator(1) })
  const samples = new data.TensorDataset(x, x.sum(1).gt(0).to('int32'))
  const loader = new data.DataLoader(samples, { batchSize: 8, shuffle: true, seed: 5 })
  return { model, optimizer, schedule, loader }
}

/** Trains from one step to another; `after` is called with the number of steps done. */
export async function train(
  { model, optimizer, schedule, loader }: ReturnType<typeof training>,
  first: number,
  last: number,
  after: (step: number) => unknown = () => {},
): Promise<void> {
  let step = first
  while (step < last) {
    for await (const [x, labels] of loader) {
      optimizer.zeroGrad()
      nn.functional.crossEntropy(model.forward(x), labels).backward()
      optimizer.step()
      await after(++step)
      if (step === last) return
    }
    schedule.step()
  }
}

/** A fingerprint of all bits of a model. */
export function weights({ model }: { readonly model: nn.Module }): string {
  const hash = createHash('sha256')
  for (const tensor of Object.values<Tensor>(model.stateDict())) {
    hash.update(tensor.toTypedArray())
  }
  return hash.digest('hex')
}
