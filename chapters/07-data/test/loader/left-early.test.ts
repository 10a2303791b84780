import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Tensor } from '@deepdive/autograd'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { data, fit, nn, optim, type TrainingEvent } from '../../src/index.ts'
import { imageRows } from '../hub/mnist-like.ts'

let openFiles = 0
let filesOpened = 0

/** Counts the files that are open. */
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>()
  return {
    ...fs,
    open: async (path: string, flags: string) => {
      const handle = await fs.open(path, flags)
      const { close } = handle
      filesOpened++
      openFiles++
      handle.close = async () => {
        openFiles--
        await close.call(handle)
      }
      return handle
    },
  }
})

/** The threads of this process that have not ended. */
const threads = new Set<Worker>()
let threadsStarted = 0
const count = (worker: Worker) => {
  threadsStarted++
  threads.add(worker)
  worker.on('exit', () => threads.delete(worker))
}

const folder = mkdtempSync(join(tmpdir(), 'deepdive-left-'))
const file = join(folder, 'rows.parquet')
beforeAll(() => {
  process.on('worker', count)
  writeFileSync(file, imageRows(0, 40))
})
afterAll(() => {
  process.off('worker', count)
  rmSync(folder, { recursive: true })
})

type Row = { image: Tensor; label: number }

async function loaderOf(options: object = {}) {
  const rows = await data.parquet<Row>(file)
  return new data.DataLoader(rows, { batchSize: 4, shuffle: true, ...options })
}

/** What a training on the rows needs, and how it ends before its time. */
function trainingOn(train: AsyncIterable<{ image: Tensor; label: Tensor }>) {
  const model = new nn.Sequential(new nn.Flatten(), new nn.Linear(4, 2))
  const options = {
    train,
    split: ({ image, label }: { image: Tensor; label: Tensor }) =>
      [image, label] as const,
    loss: nn.functional.crossEntropy,
    optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
    epochs: 2,
    progress: false,
  }
  return [model, options] as const
}

describe('nothing is left of workers, files and batches under way where', () => {
  const nothingIsLeft = () => {
    expect([threadsStarted > 0, threads.size]).toEqual([true, 0])
    expect([filesOpened > 0, openFiles]).toEqual([true, 0])
  }

  test('a loop is left', async () => {
    for await (const _ of await loaderOf({ numWorkers: 2, prefetch: 3 })) break
    nothingIsLeft()
  })

  test('a loop throws', async () => {
    const run = async () => {
      for await (const _ of await loaderOf({ numWorkers: 2 })) throw new Error('enough')
    }
    await expect(run()).rejects.toThrow('enough')
    nothingIsLeft()
  })

  test('a batch cannot be made', async () => {
    const transform = () => {
      throw new Error('no')
    }
    const run = async () => {
      for await (const _ of await loaderOf({ numWorkers: 2, transform }));
    }
    await expect(run()).rejects.toThrow('DataLoader: cannot load samples')
    nothingIsLeft()
  })

  test('a callback ends the training', async () => {
    const stop = ({ type }: TrainingEvent) => (type === 'step' ? 'stop' : undefined)
    const [model, options] = trainingOn(await loaderOf({ numWorkers: 2 }))
    const history = await fit(model, { ...options, callbacks: [stop] })
    expect(history.epochs).toHaveLength(0)
    nothingIsLeft()
  })

  test('a callback throws', async () => {
    const fail = ({ type }: TrainingEvent) => {
      if (type === 'step') throw new Error('no more')
    }
    const [model, options] = trainingOn(await loaderOf({ numWorkers: 2 }))
    await expect(fit(model, { ...options, callbacks: [fail] })).rejects.toThrow('no mo')
    nothingIsLeft()
  })
})

test('a stream that training reads is closed where training ends', async () => {
  let begun = 0
  let open = 0
  const rows = await data.parquet<Row>(file)
  class Endless extends data.IterableDataset<Row> {
    async *[Symbol.asyncIterator]() {
      open++
      try {
        for (;;) yield rows.get(begun++ % 40)
      } finally {
        open--
      }
    }
  }
  const stop = (event: TrainingEvent) =>
    event.type === 'step' && event.step === 3 ? 'stop' : undefined
  const loader = new data.DataLoader(new Endless(), { batchSize: 4 })
  const [model, options] = trainingOn(loader)
  await fit(model, { ...options, callbacks: [stop] })
  const before = begun
  await setTimeout(20)
  expect([open, begun]).toEqual([0, before])
})
