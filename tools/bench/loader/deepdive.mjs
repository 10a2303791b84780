// What run.mjs measures of DeepDive; prints it as JSON.
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { data, ones, randint } from '../../../chapters/07-data/dist/node/index.js'

const folder = process.argv[2]

/** The least of several times, in seconds. */
async function best(times, work) {
  const seconds = []
  for (let n = 0; n < times; n++) {
    const start = performance.now()
    await work()
    seconds.push((performance.now() - start) / 1000)
  }
  return Math.min(...seconds)
}

async function walk(loader) {
  let seen = 0
  for await (const [x] of loader) seen += x.shape[0]
  if (seen !== 60_000) throw new Error(`an epoch has ${seen} samples`)
}

const figures = {
  'idx, plain': await best(15, () => data.mnist(folder)),
  'idx, gzip': await best(10, () => data.mnist(join(folder, 'zipped'))),
}
const images = await data.mnist(folder)
const loader = new data.DataLoader(images, { batchSize: 64, shuffle: true })
figures.batches = await best(5, () => walk(loader))
// Memory of zeros alone is not there before it is written to; of ones, it is.
const rows = new data.TensorDataset(ones([60_000, 1, 28, 28]), randint(10, [60_000]))
const ofRows = new data.DataLoader(rows, { batchSize: 64, shuffle: true })
figures.rows = await best(5, () => walk(ofRows))

/** What is held, in MB, once the collector has freed all arrays, which takes it a while. */
async function held() {
  globalThis.gc()
  await setTimeout(500)
  globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}

const before = await held()
for (let epoch = 0; epoch < 10; epoch++) await walk(loader)
figures['growth, MB'] = (await held()) - before
console.log(JSON.stringify(figures))
