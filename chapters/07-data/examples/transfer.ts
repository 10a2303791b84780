// Takes over a network that PyTorch trained, and teaches it something else.
//   --out FILE   where to leave what it becomes (default transferred.safetensors)
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  data,
  evaluate,
  fit,
  load,
  manualSeed,
  metrics,
  nn,
  noGrad,
  optim,
  rand,
  randint,
  save,
  type Tensor,
  tensor,
} from 'deepdive'

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'transferred.safetensors' } },
})
manualSeed(1)

/** The layers of the PyTorch model, in its order: so its weights have the same names. */
const makeNetwork = () =>
  new nn.Sequential(
    new nn.Conv2d(1, 4, 3, { padding: 1 }),
    new nn.BatchNorm2d(4),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Conv2d(4, 6, 3, { padding: 1, bias: false }),
    new nn.BatchNorm2d(6),
    new nn.ReLU(),
    new nn.Flatten(),
    new nn.Linear(96, 3),
  )

// What safetensors.torch.save_file(model.state_dict(), …) writes. This model tells bars
// that lie from bars that stand, and from crosses, in pictures of 8 · 8.
const folder = new URL('../test/fixtures/', import.meta.url)
const network = makeNetwork()
network.loadStateDict(await load(new URL('network.safetensors', folder)))
network.eval()

const json = readFileSync(new URL('network.json', folder), 'utf8')
const [{ input, output }] = JSON.parse(json)
const outputs = noGrad(() => network.forward(tensor(input.data).reshape(input.shape)))
const difference = outputs.sub(tensor(output.data).reshape(output.shape)).abs().max()
console.log(`PyTorch computes the same, up to ${difference.item().toExponential(1)}`)

/** Noisy pictures of two bars that meet in a corner, and which of the four it is. */
function corners(count: number): data.TensorDataset<[Tensor, Tensor]> {
  const labels = randint(4, [count])
  const images = rand([count, 1, 8, 8]).sub(0.5)
  for (const [n, label] of labels.toTypedArray().entries()) {
    const [y, x] = randint(2, 6, [2]).toTypedArray()
    images.at(n, 0, y, label % 2 === 0 ? [x, null] : [null, x + 1]).add_(1)
    images.at(n, 0, label < 2 ? [y, null] : [null, y + 1], x).add_(1)
  }
  return new data.TensorDataset(images, labels)
}

const few = corners(40)
const test = new data.DataLoader(corners(1000), { batchSize: 100 })
const scores = {
  loss: nn.functional.crossEntropy,
  metrics: { accuracy: new metrics.Accuracy() },
}

/** Learns corners from the few pictures, with a last layer for four classes. */
async function learn(start: string, model: nn.Sequential): Promise<void> {
  model.set(-1, new nn.Linear(96, 4))
  await fit(model, {
    ...scores,
    train: new data.DataLoader(few, { batchSize: 8, shuffle: true, seed: 1 }),
    // To leave the other layers as they are, give it the last one's parameters alone.
    optimizer: new optim.Adam(model.parameters(), { lr: 0.02 }),
    epochs: 20,
    progress: false,
  })
  const { accuracy } = await evaluate(model, test, scores)
  console.log(`corners from ${start}: ${(100 * Number(accuracy)).toFixed(1)} % right`)
}

await learn('nothing', makeNetwork())
await learn('what PyTorch learned', network)
await save(network, values.out)
console.log(`safetensors.torch.load_file('${values.out}') goes on in PyTorch`)
