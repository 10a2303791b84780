// What run.mjs measures of DeepDive; prints it as JSON.
import { join } from 'node:path'
import { data, randint, zeros } from '../../../chapters/07-data/dist/index.js'

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
  'idx, plain': await best(5, () => data.mnist(folder)),
  'idx, gzip': await best(3, () => data.mnist(join(folder, 'zipped'))),
}
const images = await data.mnist(folder)
const loader = new data.DataLoader(images, { batchSize: 64, shuffle: true })
figures.batches = await best(5, () => walk(loader))
const rows = new data.TensorDataset(zeros([60_000, 1, 28, 28]), randint(10, [60_000]))
const ofRows = new data.DataLoader(rows, { batchSize: 64, shuffle: true })
figures.rows = await best(5, () => walk(ofRows))

const held = () => {
  globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}
const before = held()
for (let epoch = 0; epoch < 10; epoch++) await walk(loader)
figures['growth, MB'] = held() - before
console.log(JSON.stringify(figures))
