// Trains a convolutional network on clothes (Fashion-MNIST): over 90 % in five epochs.
//   --data FOLDER      where its four IDX files are (default: they come from huggingface.co)
//   --hub URL          another server to get them from
//   --epochs N         how often to go through all pictures (default 5)
//   --gpu              compute on the GPU, in Node by the package webgpu
//   --checkpoint FILE  note there how far it has come, and go on from there
// It leaves fashion.safetensors, the network, and fashion.html, how it learned.
import { parseArgs } from 'node:util'
import {
  cpu,
  data,
  device,
  fit,
  manualSeed,
  metrics,
  nn,
  optim,
  save,
  type Tensor,
} from 'deepdive'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    hub: { type: 'string', default: 'https://huggingface.co' },
    epochs: { type: 'string', default: '5' },
    gpu: { type: 'boolean', default: false },
    checkpoint: { type: 'string' },
  },
})
const epochs = Number(values.epochs)
manualSeed(1)

interface Clothes {
  /** Grey values [1, 28, 28], and the number of a class. */
  readonly pictures: data.Dataset<readonly [Tensor, Tensor | number]>
  readonly classes: readonly string[]
}

async function read(split: 'train' | 'test'): Promise<Clothes> {
  if (values.data) {
    const pictures = await data.fashionMnist(values.data, { train: split === 'train' })
    return { pictures, classes: pictures.classes }
  }
  const rows = await data.huggingFace<{ image: Tensor; label: number }>(
    'zalando-datasets/fashion_mnist',
    { split, hubUrl: values.hub },
  )
  const pictures = rows.map(({ image, label }) => [image, label] as const)
  return { pictures, classes: rows.classes.label }
}

const [train, test] = await Promise.all([read('train'), read('test')]).catch(
  ({ message }) => {
    console.error(`${message}\nWhere its files are on your disk, --data FOLDER says.`)
    process.exit(1)
  },
)
const loader = new data.DataLoader(train.pictures, { batchSize: 64, shuffle: true })
const totalSteps = epochs * (await loader.length)

const model = new nn.Sequential(
  new nn.Conv2d(1, 16, 3, { padding: 1 }),
  new nn.BatchNorm2d(16),
  new nn.ReLU(),
  new nn.MaxPool2d(2),
  new nn.Conv2d(16, 32, 3, { padding: 1 }),
  new nn.BatchNorm2d(32),
  new nn.ReLU(),
  new nn.MaxPool2d(2),
  new nn.Flatten(),
  new nn.Dropout(0.25),
  new nn.Linear(32 * 7 * 7, 10),
).to(values.gpu ? await device('webgpu') : cpu)
const optimizer = new optim.AdamW(model.parameters(), { weightDecay: 0.01 })

console.log(nn.summary(model, [64, 1, 28, 28]))

const history = await fit(model, {
  train: loader,
  validation: new data.DataLoader(test.pictures, { batchSize: 250 }),
  loss: nn.functional.crossEntropy,
  metrics: {
    accuracy: new metrics.Accuracy(),
    confusion: new metrics.ConfusionMatrix(),
  },
  optimizer,
  schedule: new optim.OneCycleLR(optimizer, 0.01, { totalSteps }),
  epochs,
  ...(values.checkpoint && { checkpoint: { file: values.checkpoint, resume: true } }),
})

await save(model, 'fashion.safetensors')
await history.plot('fashion.html', { classes: train.classes })
console.log('\nfashion.safetensors has the network, fashion.html how it learned')
