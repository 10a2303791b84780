// Serves a page in which you draw a digit, and a network reads it.
//   --weights FILE  the network (default: digits.safetensors, trained where it is not there)
//   --epochs N      how long to train it (default 4)
//   --port N        where to serve the page (default 5173)
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { data, fit, manualSeed, metrics, nn, optim, save, type Tensor } from 'deepdive'
import { createServer, defaultClientConditions } from 'vite'
import { loadDigits } from '../../04-optim/examples/digits/data.ts'

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: 'digits.safetensors' },
    epochs: { type: 'string', default: '4' },
    port: { type: 'string', default: '5173' },
  },
})
const epochs = Number(values.epochs)

/** A network that reads digits, also when they lean or lie off the middle. */
async function train(): Promise<nn.Sequential> {
  manualSeed(1)
  const { train, test } = loadDigits()
  const asImages = (digits: typeof train) =>
    new data.TensorDataset(digits.images.reshape([-1, 1, 28, 28]), digits.labels)
  const change = data.transforms.randomAffine(12, {
    translate: [0.08, 0.08],
    scale: [0.85, 1.1],
  })
  const loader = new data.DataLoader(asImages(train), {
    batchSize: 64,
    shuffle: true,
    transform: ([images, labels], options): [Tensor, Tensor] => {
      return [change(images, options), labels]
    },
  })
  // The page makes the same layers.
  const model = new nn.Sequential(
    new nn.Conv2d(1, 16, 5, { padding: 2 }),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Conv2d(16, 32, 5, { padding: 2 }),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Flatten(),
    new nn.Linear(32 * 7 * 7, 10),
  )
  const optimizer = new optim.Adam(model.parameters(), { lr: 3e-3 })
  const totalSteps = epochs * (await loader.length)
  await fit(model, {
    train: loader,
    validation: new data.DataLoader(asImages(test), { batchSize: 500 }),
    loss: nn.functional.crossEntropy,
    metrics: { accuracy: new metrics.Accuracy() },
    optimizer,
    schedule: new optim.OneCycleLR(optimizer, 3e-3, { totalSteps }),
    epochs,
  })
  return model
}

if (!existsSync(values.weights)) await save(await train(), values.weights)

const server = await createServer({
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'error',
  server: { port: Number(values.port) },
  resolve: { conditions: ['deepdive-source', ...defaultClientConditions] },
  plugins: [
    {
      name: 'weights',
      configureServer({ middlewares }) {
        middlewares.use('/digits.safetensors', (_, response) => {
          response.end(readFileSync(values.weights))
        })
      },
    },
  ],
})
await server.listen()
console.log(`Draw a digit: ${server.resolvedUrls?.local[0]}draw.html`)
