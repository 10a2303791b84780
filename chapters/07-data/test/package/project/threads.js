import { getNumThreads, manualSeed, nn, randn, setNumThreads } from 'deepdive'
import { watchWorkers } from './watch-workers.js'

/** Whether two threads compute what one does, and how many others wait for more. */
export async function computeOnThreads() {
  manualSeed(1)
  const matrix = randn([400, 400])
  const [images, weight] = [randn([8, 16, 64, 64]), randn([32, 16, 3, 3])]
  const compute = () => [matrix.matmul(matrix), nn.functional.conv2d(images, weight)]

  setNumThreads(1)
  const expected = compute()
  const workers = watchWorkers()
  setNumThreads(2)
  const equal = compute().map((found, n) => found.eq(expected[n]).all().item() !== 0)
  const [{ sent }] = workers.started
  return { threads: getNumThreads(), equal, sleepers: await sleepersOf(sent) }
}

/** How many workers sleep on the place of a memory where calls are announced. */
async function sleepersOf([, memory, control]) {
  const numbers = new Int32Array(memory.buffer)
  for (;;) {
    const woken = Atomics.notify(numbers, control / 4)
    if (woken > 0) return woken
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
