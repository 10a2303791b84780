import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  data,
  type FitOptions,
  fit,
  type History,
  manualSeed,
  metrics,
  nn,
  optim,
  randperm,
  save,
  type Tensor,
  type TrainingEvent,
} from '../src/index.ts'
import { points } from './problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'deepdive-'))
afterAll(() => rmSync(folder, { recursive: true }))

manualSeed(2)
const [x, y] = points(44)

type Options = FitOptions<Tensor[], Tensor, Tensor>

/** A job with a random order, dropout, and all that has a state of its own. */
function makeJob(shuffled: 'by a loader' | 'by a function') {
  manualSeed(3)
  const model = new nn.Sequential(
    new nn.Linear(2, 8),
    new nn.Tanh(),
    new nn.Dropout(0.2),
    new nn.Linear(8, 2),
  )
  const optimizer = new optim.Adam(model.parameters(), { lr: 0.05 })
  const loader = new data.DataLoader(new data.TensorDataset(x, y), {
    batchSize: 8,
    shuffle: true,
  })
  const options: Options = {
    train: shuffled === 'by a loader' ? loader : inRandomOrder,
    validation: [[x, y]],
    loss: nn.functional.crossEntropy,
    metrics: { accuracy: new metrics.Accuracy() },
    optimizer,
    schedule: new optim.ExponentialLR(optimizer, 0.9),
    earlyStopping: new optim.EarlyStopping({ patience: 50 }),
    epochs: 4,
    progress: false,
  }
  return { model, options }
}

/** The order is drawn when the first batch is asked for. */
function* inRandomOrder(): Generator<Tensor[]> {
  for (const places of randperm(44).split(8)) {
    yield [x.indexSelect(0, places), y.indexSelect(0, places)]
  }
}

/** All that training came to, but for how long it took. */
function outcomeOf({ model }: ReturnType<typeof makeJob>, history: History) {
  const weights = model.parameters().map((parameter) => parameter.toArray())
  return { weights, epochs: history.epochs.map((epoch) => ({ ...epoch, seconds: 0 })) }
}

/** A callback that stops after so many steps. */
const stopAfter = (steps: number) => (event: TrainingEvent) =>
  event.type === 'step' && event.step === steps ? 'stop' : undefined

describe.each(['by a loader', 'by a function'] as const)(
  'training on samples in an order drawn %s',
  (shuffled) => {
    test('goes on, wherever it was stopped, as if it never had been', async () => {
      const whole = makeJob(shuffled)
      const expected = outcomeOf(whole, await fit(whole.model, whole.options))
      // Within, and at the end of, an epoch of six batches.
      for (const steps of [1, 6, 11, 24]) {
        const checkpoint = { file: join(folder, `${shuffled} ${steps}`), resume: true }
        const first = makeJob(shuffled)
        const callbacks = [stopAfter(steps)]
        await fit(first.model, { ...first.options, checkpoint, callbacks })
        const second = makeJob(shuffled)
        manualSeed(77)
        const history = await fit(second.model, { ...second.options, checkpoint })
        expect(outcomeOf(second, history)).toEqual(expected)
      }
    })
  },
)

test('gradients that wait for a step are learned from before a stop', async () => {
  const whole = makeJob('by a loader')
  const options = { ...whole.options, accumulate: 2, epochs: 2 }
  const expected = outcomeOf(whole, await fit(whole.model, options))
  const checkpoint = { file: join(folder, 'accumulate'), resume: true }
  const first = makeJob('by a loader')
  let batches = 0
  const atBatch3 = ({ type }: TrainingEvent) =>
    type === 'step' && ++batches === 3 ? 'stop' : undefined
  const more = { accumulate: 2, epochs: 2, checkpoint }
  await fit(first.model, { ...first.options, ...more, callbacks: [atBatch3] })
  const second = makeJob('by a loader')
  const history = await fit(second.model, { ...second.options, ...more })
  expect(batches).toBe(4)
  expect(outcomeOf(second, history)).toEqual(expected)
})

test('checkpoints are written after so many steps, and after each epoch', async () => {
  const { model, options } = makeJob('by a loader')
  const file = join(folder, 'every')
  const steps: number[] = []
  const callback = (event: TrainingEvent) => {
    if (event.type !== 'checkpoint') return
    expect(existsSync(file)).toBe(true)
    steps.push(event.step)
  }
  const checkpoint = { file, every: 4 }
  await fit(model, { ...options, epochs: 2, checkpoint, callbacks: [callback] })
  expect(steps).toEqual([4, 6, 8, 12, 12])
})

test('without resume training begins anew, and with it as well where no file is', async () => {
  const file = join(folder, 'anew')
  const first = makeJob('by a loader')
  const checkpoint = { file, resume: true }
  const history = await fit(first.model, { ...first.options, checkpoint })
  const again = makeJob('by a loader')
  const over = await fit(again.model, { ...again.options, checkpoint })
  expect(outcomeOf(again, over)).toEqual(outcomeOf(first, history))
  const anew = makeJob('by a loader')
  const steps: number[] = []
  const callback = (event: TrainingEvent) => {
    if (event.type === 'begin') steps.push(event.step)
  }
  const options = { checkpoint: { file }, callbacks: [callback], epochs: 1 }
  await fit(anew.model, { ...anew.options, ...options })
  expect(steps).toEqual([0])
})

test('training that stopped early is over when it is taken up again', async () => {
  const checkpoint = { file: join(folder, 'early'), resume: true }
  const counts: number[] = []
  for (let run = 0; run < 2; run++) {
    const { model, options } = makeJob('by a loader')
    const earlyStopping = new optim.EarlyStopping({ patience: 1, minDelta: 100 })
    const history = await fit(model, { ...options, earlyStopping, checkpoint })
    counts.push(history.epochs.length)
  }
  expect(counts).toEqual([2, 2])
})

test('an epoch that was begun with batches of one size does not go on with others', async () => {
  const smaller = new data.DataLoader(new data.TensorDataset(x, y), { batchSize: 4 })
  const resumeAfter = async (name: string, ending: Partial<Options>) => {
    const checkpoint = { file: join(folder, name), resume: true }
    const first = makeJob('by a loader')
    await fit(first.model, { ...first.options, checkpoint, ...ending })
    const { model, options } = makeJob('by a loader')
    return fit(model, { ...options, train: smaller, checkpoint, epochs: 2 })
  }
  await expect(resumeAfter('batch 2', { callbacks: [stopAfter(8)] })).rejects.toThrow(
    'fit: checkpoint: epoch 2 was left after 2 of 6 batches, and now it has 11: resume it ' +
      'with batches of the same size',
  )
  const { epochs } = await resumeAfter('epoch 1', { epochs: 1 })
  expect(epochs.map(({ batches }) => batches)).toEqual([6, 11])
})

test('a file that is no checkpoint of fit is refused, and nothing changes', async () => {
  const { model, options } = makeJob('by a loader')
  const before = model.parameters().map((parameter) => parameter.toArray())
  const tensors = join(folder, 'tensors')
  await save(model, tensors)
  const resume = (file: string) =>
    fit(model, { ...options, checkpoint: { file, resume: true } })
  await expect(resume(tensors)).rejects.toThrow('it is no checkpoint: load reads its')
  const [ours, other] = [join(folder, 'ours'), join(folder, 'other')]
  const first = makeJob('by a loader')
  await fit(first.model, { ...first.options, epochs: 1, checkpoint: { file: ours } })
  const parts = await data.readCheckpoint(ours)
  await data.saveCheckpoint({ ...parts, progress: { steps: 1 } }, other)
  await expect(resume(other)).rejects.toThrow(
    'fit: checkpoint: the file was not written by fit: use loadCheckpoint for it',
  )
  expect(model.parameters().map((parameter) => parameter.toArray())).toEqual(before)
})

test('an interval that is none is refused', async () => {
  const { model, options } = makeJob('by a loader')
  const checkpoint = { file: join(folder, 'none'), every: 0 }
  await expect(fit(model, { ...options, checkpoint })).rejects.toThrow(
    'fit: checkpoint: every is 0: it must be a whole number ≥ 1',
  )
})
