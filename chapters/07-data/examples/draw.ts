// Serves a page in which you draw a digit, and a network reads it.
//   --weights FILE   the network (default digits.safetensors; trained where it is not there)
//   --epochs N       how long to train it (default 4)
//   --port N         where to serve the page (default 5173)
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { data, fit, manualSeed, metrics, nn, optim, save, type Tensor } from 'deepdive'
import { createServer, defaultClientConditions, type ViteDevServer } from 'vite'
import { type Digits, loadDigits } from '../../04-optim/examples/digits/data.ts'
import { makeModel } from './draw/model.ts'

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: 'digits.safetensors' },
    epochs: { type: 'string', default: '4' },
    port: { type: 'string', default: '5173' },
  },
})

/** Learns to read digits, and such that lean more than those of MNIST's writers do. */
async function train(epochs: number): Promise<nn.Sequential> {
  manualSeed(1)
  const digits = loadDigits()
  const asImages = (part: Digits) =>
    new data.TensorDataset(part.images.reshape([-1, 1, 28, 28]), part.labels)
  const lean = data.transforms.randomAffine(12, {
    shear: 12,
    scale: [0.85, 1.1],
    mode: 'bilinear',
  })
  const loader = new data.DataLoader(asImages(digits.train), {
    batchSize: 64,
    shuffle: true,
    transform: ([images, labels], options): [Tensor, Tensor] => {
      return [lean(images, options), labels]
    },
  })
  const model = makeModel()
  const optimizer = new optim.Adam(model.parameters())
  const totalSteps = epochs * (await loader.length)
  await fit(model, {
    train: loader,
    validation: new data.DataLoader(asImages(digits.test), { batchSize: 500 }),
    loss: nn.functional.crossEntropy,
    metrics: { accuracy: new metrics.Accuracy() },
    optimizer,
    schedule: new optim.OneCycleLR(optimizer, 5e-3, { totalSteps }),
    epochs,
  })
  return model
}

if (!existsSync(values.weights)) {
  await save(await train(Number(values.epochs)), values.weights)
}

/** Hands the page its network. */
const weights = {
  name: 'weights',
  configureServer: ({ middlewares }: ViteDevServer) => {
    middlewares.use('/digits.safetensors', (_, response) => {
      response.end(readFileSync(values.weights))
    })
  },
}
const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('draw', import.meta.url)),
  // The library comes from its source, so that a change shows at once.
  resolve: { conditions: ['deepdive-source', ...defaultClientConditions] },
  server: { port: Number(values.port) },
  plugins: [weights],
  logLevel: 'error',
})
await server.listen()
console.log(`Draw a digit on ${server.resolvedUrls?.local[0]}`)
