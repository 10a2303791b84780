import { randperm } from '@deepdive/autograd'
import { device } from '@deepdive/gpu'
import { cpu, type Device, manualSeed, setDefaultDevice } from '@deepdive/tensor'
import { type Digits, fetchDigits } from './digits.ts'
import { Network } from './network.ts'
import { byId, say } from './page.ts'
import { View } from './view.ts'

const epochs = 5
const batchSize = 64
/** How often the test digits are read, in steps. */
const testEvery = 25

/** The GPU, unless the address asks for the CPU, or there is none. */
async function chooseDevice(): Promise<{ chosen: Device; name: string }> {
  const onCpu = { chosen: cpu, name: 'the CPU' }
  if (new URL(location.href).searchParams.get('device') === 'cpu') return onCpu
  try {
    const gpu = await device('webgpu')
    const { description, vendor, architecture } = gpu.info
    const called = description || `${vendor} ${architecture}`.trim()
    return { chosen: gpu, name: `the GPU${called && ` (${called})`}` }
  } catch (error) {
    say('note', error instanceof Error ? error.message : String(error))
    return onCpu
  }
}

/**
 * Trains for some epochs; gives the part of the test digits that is read right then.
 */
async function run(train: Digits, test: Digits): Promise<string> {
  const count = train.labels.numel()
  const steps = Math.ceil(count / batchSize)
  const view = await View.of(epochs, steps, test)
  const network = new Network()
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const [n, places] of randperm(count).split(batchSize).entries()) {
      const start = performance.now()
      const loss = await network.learn(train, places)
      await view.step(loss, performance.now() - start)
      if (n % testEvery === 0) view.test(await network.read(test.images))
    }
  }
  return view.test(await network.read(test.images))
}

try {
  const { chosen, name } = await chooseDevice()
  byId(chosen === cpu ? 'on-cpu' : 'on-gpu').setAttribute('aria-current', 'page')
  setDefaultDevice(chosen)
  manualSeed(0)
  const { train, test } = await fetchDigits()
  say('status', `Training on ${name}`)
  const right = await run(train, test)
  say(
    'status',
    `Trained on ${name}: it reads ${right} of digits right that are new to it`,
  )
} catch (error) {
  say('status', `It failed: ${error instanceof Error ? error.message : error}`)
  throw error
}
