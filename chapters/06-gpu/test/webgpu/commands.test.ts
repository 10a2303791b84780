import { randint, randn } from '@deepdive/autograd'
import { CrossEntropyLoss, Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { array, ones, zeros } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { scope } from '../../src/index.ts'
import { openAdapter } from '../../src/webgpu/adapter.ts'
import { Commands } from '../../src/webgpu/commands.ts'
import { WebGpuDevice } from '../../src/webgpu/webgpu-device.ts'

const raw = await openAdapter({})
const counts = { submits: 0, programs: 0, buffers: 0 }
const submit = raw.queue.submit.bind(raw.queue)
raw.queue.submit = (commands) => {
  counts.submits++
  return submit(commands)
}
const compile = raw.createComputePipeline.bind(raw)
raw.createComputePipeline = (program) => {
  counts.programs++
  return compile(program)
}
const createBuffer = raw.createBuffer.bind(raw)
raw.createBuffer = (buffer) => {
  counts.buffers++
  return createBuffer(buffer)
}
const gpu = new WebGpuDevice(raw)

/** What is counted while `run` runs. */
async function counted(run: () => unknown): Promise<typeof counts> {
  const before = { ...counts }
  await run()
  const names = ['submits', 'programs', 'buffers'] as const
  return Object.fromEntries(
    names.map((name) => [name, counts[name] - before[name]]),
  ) as typeof counts
}

describe('commands', () => {
  test('of a training step are submitted at once, when its loss is read', async () => {
    const sizes = [784, 256, 128, 10]
    const model = new Sequential(
      new Linear(sizes[0], sizes[1]),
      new ReLU(),
      new Linear(sizes[1], sizes[2]),
      new ReLU(),
      new Linear(sizes[2], sizes[3]),
    ).to(gpu)
    const optimizer = new Adam(model.parameters())
    const x = randn([64, 784]).to(gpu)
    const y = randint(0, 10, [64]).to(gpu)
    const step = () => {
      optimizer.zeroGrad()
      const loss = new CrossEntropyLoss().forward(model.forward(x), y)
      loss.backward()
      optimizer.step()
      return loss
    }
    for (let n = 0; n < 2; n++) await scope(() => step().cpu())
    const { submits, programs, buffers } = await counted(() =>
      scope(() => step().cpu()),
    )
    expect(submits).toBe(1)
    expect(programs).toBe(0)
    // One, to read from.
    expect(buffers).toBe(1)
    expect(await counted(() => scope(() => void step()))).toMatchObject({ submits: 0 })
  })

  test('are submitted, too, where there are many and nobody reads', async () => {
    const run = () => {
      let x = ones([4], { device: gpu })
      for (let n = 0; n < 1000; n++) x = x.add(1)
      return x
    }
    const { submits } = await counted(() => scope(() => void run()))
    expect(submits).toBeGreaterThan(2)
    expect(submits).toBeLessThan(10)
    expect((await run().cpu()).toArray()).toEqual([1001, 1001, 1001, 1001])
  })

  test('need no program for another shape', async () => {
    const run = (n: number) => {
      const x = ones([n, 2 * n], { device: gpu }).add(1)
      return x.matmul(x.t()).exp().sum(1).cpu()
    }
    await run(20)
    expect(await counted(() => run(24))).toMatchObject({ programs: 0 })
  })

  test('take no more than so many axes', () => {
    expect(() => new Commands(raw).reserve(new Array(129))).toThrow(
      'webgpu: a kernel has room for 128 sizes and steps, not for 129: use arrays of',
    )
  })

  test('are none for what is filled with one value', async () => {
    const { submits, buffers } = await counted(async () => {
      const x = ones([1000], { device: gpu }).fill_(7)
      expect((await x.cpu()).toTypedArray()[999]).toBe(7)
    })
    expect([submits, buffers]).toEqual([0, 0])
  })
})

describe('an order of things', () => {
  test('an upload does not overtake what still reads the memory', async () => {
    for (let n = 0; n < 20; n++) {
      const x = array(new Float32Array(1000).fill(n), { device: gpu })
      const sum = x.sum()
      gpu.free(x.storage)
      const y = array(new Float32Array(1000).fill(-1), { device: gpu })
      expect((await sum.cpu()).item()).toBe(1000 * n)
      gpu.free(y.storage)
    }
  })

  test('memory that comes back from the pool is zero again', async () => {
    const x = array(new Float32Array(300).fill(5), { device: gpu })
    gpu.free(x.storage)
    const y = zeros([300], { device: gpu })
    y.slice(0, 0, 3).fill_(1)
    expect((await y.sum().cpu()).item()).toBe(3)
  })

  test('what is written in place reads its own memory', async () => {
    const x = array([1, 2, 3, 4, 5], { device: gpu })
    x.binary_('mul', x).slice(0, 1, 3).binary_('add', 10)
    x.slice(0, 0, 2).copy_(x.slice(0, 1, 3))
    expect((await x.cpu()).toArray()).toEqual([14, 19, 19, 16, 25])
  })
})

describe('what goes wrong in a kernel', () => {
  const int = (values: number[]) => array(values, { dtype: 'int32', device: gpu })

  test('is told to whoever reads next, and only once', async () => {
    const bad = array([1, 2, 3], { device: gpu }).gather(0, int([0, 3]))
    const good = ones([2], { device: gpu }).add(1)
    await expect(good.cpu()).rejects.toThrow(
      'gather: index 3 is outside an axis of size 3: use 0 to 2',
    )
    expect((await good.cpu()).toArray()).toEqual([2, 2])
    expect((await bad.cpu()).toArray()).toEqual([1, 0])
  })

  test.each([
    ['remainder', 0],
    ['pow', -2],
  ] as const)('%s by %i has no int32 result', async (op, right) => {
    const result = int([5, 6]).binary(op, int([1, right]))
    await expect(result.cpu()).rejects.toThrow(
      `${op}: ${right} on the right has no int32 result: use .to('float32') on `,
    )
  })

  test.each(['scatter', 'scatterAdd'] as const)('%s beyond an axis', async (op) => {
    const x = zeros([2, 3], { device: gpu })
    const index = int([0, 1, -1, 2]).reshape([2, 2])
    const put = x[op](1, index, ones([2, 2], { device: gpu }))
    await expect(put.cpu()).rejects.toThrow(
      `${op}: index -1 is outside an axis of size 3: use 0 to 2`,
    )
  })
})
