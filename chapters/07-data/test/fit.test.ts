import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countingDevice } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import {
  cpu,
  data,
  evaluate,
  fit,
  manualSeed,
  metrics,
  nn,
  optim,
  type Tensor,
  type TrainingEvent,
  tensor,
  training,
} from '../src/index.ts'
import { points, smallModel } from './problem.ts'

const { crossEntropy } = nn.functional

manualSeed(1)
const [x, y] = points(40)
/** Batches of 16, 16 and 8. */
const batches = [0, 16, 32].map((at) => pair(at, Math.min(at + 16, 40)))
const quiet = { loss: crossEntropy, progress: false, train: batches }

function pair(start: number, end: number): [Tensor, Tensor] {
  return [x.slice(0, start, end), y.slice(0, start, end)]
}

/** All numbers of a model in one list. */
function weightsOf(model: nn.Module): number[] {
  return model.parameters().flatMap((parameter) => [...parameter.toTypedArray()])
}

const adamOf = (model: nn.Module) => new optim.Adam(model.parameters(), { lr: 0.05 })

test('fit does what the explicit loop does, to the last bit', async () => {
  const byHand = smallModel()
  const optimizer = adamOf(byHand)
  const losses: number[] = []
  for (let epoch = 0; epoch < 3; epoch++) {
    let sum = 0
    for (const [inputs, targets] of batches) {
      optimizer.zeroGrad()
      const loss = crossEntropy(byHand.forward(inputs), targets)
      loss.backward()
      optimizer.step()
      sum += loss.item() * targets.numel()
    }
    losses.push(sum / 40)
  }
  const model = smallModel()
  const history = await fit(model, { ...quiet, optimizer: adamOf(model), epochs: 3 })
  expect(weightsOf(model)).toEqual(weightsOf(byHand))
  expect(history.epochs.map(({ train }) => train.loss)).toEqual(losses)
  expect(history.epochs.map(({ step, batches }) => [step, batches])).toEqual([
    [3, 3],
    [6, 3],
    [9, 3],
  ])
})

describe('gradients of several batches', () => {
  /** Weights after an epoch of plain steps, whose size tells of the gradient's. */
  async function after(train: [Tensor, Tensor][], accumulate: number) {
    const model = smallModel()
    const optimizer = new optim.SGD(model.parameters(), { lr: 1 })
    const history = await fit(model, {
      ...quiet,
      train,
      optimizer,
      accumulate,
      epochs: 1,
    })
    return { weights: weightsOf(model), steps: history.epochs[0].step }
  }

  test('make one step as if all samples had come in one batch', async () => {
    const parts = await after([pair(0, 16), pair(16, 32), pair(32, 40)], 3)
    const whole = await after([pair(0, 40)], 1)
    expect([parts.steps, whole.steps]).toEqual([1, 1])
    parts.weights.forEach((w, n) => {
      expect(w).toBeCloseTo(whole.weights[n], 5)
    })
  })

  test('make a last step of what is left over', async () => {
    const parts = await after([pair(0, 16), pair(16, 32), pair(32, 40)], 2)
    const wholes = await after([pair(0, 32), pair(32, 40)], 1)
    expect([parts.steps, wholes.steps]).toEqual([2, 2])
    parts.weights.forEach((w, n) => {
      expect(w).toBeCloseTo(wholes.weights[n], 5)
    })
  })
})

test('gradients are clipped before each step', async () => {
  const step = async (clip: object) => {
    const model = new nn.Linear(1, 2, { bias: false })
    model.loadStateDict({ weight: tensor([[0], [0]]) })
    const optimizer = new optim.SGD(model.parameters(), { lr: 1 })
    const train = [[tensor([[1]]), tensor([[3, 4]])]] as const
    const loss = (output: Tensor, target: Tensor) => output.mul(target).sum()
    await fit(model, { train, loss, optimizer, epochs: 1, progress: false, ...clip })
    return weightsOf(model)
  }
  expect(await step({})).toEqual([-3, -4])
  expect(await step({ clipGradValue: 3.5 })).toEqual([-3, -3.5])
  const [first, second] = await step({ clipGradNorm: 1 })
  expect([first, second].map((w) => w.toFixed(4))).toEqual(['-0.6000', '-0.8000'])
})

describe('a schedule steps', () => {
  /** The rates of three epochs of three steps each, after each step. */
  async function ratesOf(
    scheduleFor: (optimizer: optim.SGD) => object,
  ): Promise<string[]> {
    const model = smallModel()
    const optimizer = new optim.SGD(model.parameters(), { lr: 1e-3 })
    const rates: number[] = []
    const callback = ({ type }: TrainingEvent) => {
      if (type === 'step') rates.push(optimizer.paramGroups[0].lr)
    }
    const options = { ...scheduleFor(optimizer), callbacks: [callback], epochs: 3 }
    await fit(model, { ...quiet, optimizer, ...options })
    return rates.map((rate) => rate.toPrecision(3))
  }

  test('after each epoch', async () => {
    const rates = await ratesOf((optimizer) => {
      return { schedule: new optim.ExponentialLR(optimizer, 0.5) }
    })
    const thrice = (rate: string) => [rate, rate, rate]
    expect(rates).toEqual(['0.00100', '0.000500', '0.000250'].flatMap(thrice))
  })

  test('or after each step of the optimizer, as OneCycleLR does by itself', async () => {
    const rates = await ratesOf((optimizer) => {
      const schedule = new optim.ExponentialLR(optimizer, 0.5)
      return { schedule, scheduleEvery: 'step', accumulate: 2 }
    })
    expect(rates.slice(0, 4)).toEqual(['0.00100', '0.000500', '0.000500', '0.000250'])
    const cycle = await ratesOf((optimizer) => {
      const options = { totalSteps: 9, cycleMomentum: false }
      return { schedule: new optim.OneCycleLR(optimizer, 1, options) }
    })
    expect(new Set(cycle.slice(0, 8)).size).toBe(8)
  })

  test('or by what an epoch came to', async () => {
    const rates = await ratesOf((optimizer) => {
      const options = { patience: 0, threshold: 100 }
      return { schedule: new optim.ReduceLROnPlateau(optimizer, options) }
    })
    expect([0, 3, 6].map((n) => rates[n])).toEqual(['0.00100', '0.00100', '0.000100'])
  })
})

test('validation measures, in evaluation mode, what is not learned from', async () => {
  const model = new nn.Sequential(smallModel(), new nn.Dropout(0.5))
  const options = { loss: crossEntropy, metrics: { accuracy: new metrics.Accuracy() } }
  const history = await fit(model, {
    ...quiet,
    ...options,
    validation: [pair(0, 40)],
    optimizer: adamOf(model),
    epochs: 2,
  })
  const [, last] = history.epochs
  expect(last.validation).toEqual(
    await evaluate(model, [pair(0, 25), pair(25, 40)], options).then((scores) => ({
      ...scores,
      loss: expect.closeTo(scores.loss, 5),
    })),
  )
  expect(last.train.accuracy).not.toBe(last.validation?.accuracy)
  expect(model.training).toBe(false)
})

test('evaluating leaves each module in the mode that it was in, and makes no graph', async () => {
  const frozen = new nn.Dropout(0.5).eval()
  const seen: boolean[] = []
  const model = new nn.Sequential(new nn.Linear(2, 2), new nn.Dropout(0.5), frozen)
  const loss = (output: Tensor, target: Tensor) => {
    seen.push(output.requiresGrad, model.training)
    return crossEntropy(output, target)
  }
  await evaluate(model, batches, { loss })
  expect(seen).toEqual(new Array(6).fill(false))
  expect(model.modules().map(({ training }) => training)).toEqual([
    true,
    true,
    true,
    false,
  ])
  expect(model.training).toBe(true)
})

test('early stopping looks at what monitor names, of the validation', async () => {
  const epochsOf = async (monitor?: string) => {
    const model = smallModel()
    let count = 0
    // It falls from epoch to epoch in training, and grows in validation.
    const compute = async () => (count++ % 2 === 0 ? -count : count)
    const growing = { update() {}, reset() {}, compute }
    const history = await fit(model, {
      ...quiet,
      metrics: { growing },
      validation: batches,
      optimizer: adamOf(model),
      earlyStopping: new optim.EarlyStopping({ patience: 2 }),
      epochs: 9,
      ...(monitor ? { monitor } : {}),
    })
    return history.epochs.length
  }
  expect(await epochsOf('growing')).toBe(3)
  expect(await epochsOf()).toBe(9)
})

test('a callback hears of everything, and ends training by the answer stop', async () => {
  const model = smallModel()
  const events: TrainingEvent[] = []
  const history = await fit(model, {
    ...quiet,
    optimizer: adamOf(model),
    epochs: 3,
    callbacks: [
      async (event) => {
        events.push(event)
        return event.type === 'step' && event.step === 5 ? 'stop' : undefined
      },
      () => 'go on',
    ],
  })
  expect(events.map(({ type }) => type).join(' ')).toBe(
    'begin step step step epoch step step end',
  )
  expect(structuredClone(events[6])).toEqual({
    type: 'step',
    epoch: 2,
    epochs: 3,
    batch: 2,
    batches: 3,
    step: 5,
    loss: expect.any(Number),
    meanLoss: expect.any(Number),
  })
  expect(events.at(-1)).toEqual({
    type: 'end',
    step: 5,
    stopped: true,
    interrupted: false,
  })
  expect(history.epochs.length).toBe(1)
  expect(model.training).toBe(false)
})

test.each(['begin', 'epoch', 'checkpoint'])(
  'the answer stop ends training at any event, as %s',
  async (at) => {
    const model = smallModel()
    const file = join(tmpdir(), `deepdive-stop-${at}-${process.pid}`)
    const seen: string[] = []
    const callback = ({ type }: TrainingEvent) => {
      seen.push(type)
      return type === at ? 'stop' : undefined
    }
    await fit(model, {
      ...quiet,
      optimizer: adamOf(model),
      epochs: 3,
      checkpoint: { file, every: 2 },
      callbacks: [callback],
    })
    await rm(file)
    const other = { begin: 0, epoch: 3, checkpoint: 2 }[at]
    expect(seen.filter((type) => type === 'step').length).toBe(other)
    expect(seen.at(-1)).toBe('end')
  },
)

test('an error of a callback ends training, and comes out of fit', async () => {
  const model = smallModel()
  let calls = 0
  const callback = () => {
    if (++calls === 3) throw new RangeError('no more')
  }
  const options = { ...quiet, optimizer: adamOf(model), epochs: 3 }
  await expect(fit(model, { ...options, callbacks: [callback] })).rejects.toThrow(
    'no more',
  )
  expect(calls).toBe(3)
})

test('the stream of events can be left at any time', async () => {
  const model = smallModel()
  const seen: string[] = []
  for await (const event of training(model, {
    ...quiet,
    optimizer: adamOf(model),
    epochs: 3,
  })) {
    seen.push(event.type)
    if (event.type === 'epoch') break
  }
  expect(seen.join(' ')).toBe('begin step step step epoch')
})

test('training takes batches from lists, loaders, streams and makers of these', async () => {
  async function* stream() {
    yield* batches
  }
  const loader = new data.DataLoader(new data.TensorDataset(x, y), { batchSize: 16 })
  const seen: unknown[][] = []
  for (const train of [batches, loader, () => stream(), () => batches.values()]) {
    const model = smallModel()
    const counts = new Set<unknown>()
    const callback = (event: TrainingEvent) => {
      if (event.type === 'step') counts.add(event.batches)
    }
    await fit(model, {
      ...quiet,
      train,
      optimizer: adamOf(model),
      epochs: 2,
      callbacks: [callback],
    })
    seen.push([weightsOf(model), [...counts]])
  }
  const [[weights]] = seen
  expect(seen).toEqual(
    [[3], [3], [undefined], [undefined]].map((counts) => [weights, counts]),
  )
})

test('split says what of a batch goes in, and what should come out', async () => {
  const byPair = smallModel()
  await fit(byPair, { ...quiet, optimizer: adamOf(byPair), epochs: 1 })
  const model = smallModel()
  await fit(model, {
    train: batches.map(([points, above]) => ({ points, above })),
    split: ({ points, above }) => [points, above],
    loss: new nn.CrossEntropyLoss(),
    optimizer: adamOf(model),
    epochs: 1,
    progress: false,
  })
  expect(weightsOf(model)).toEqual(weightsOf(byPair))
})

test('a model may have several inputs, and a target several parts', async () => {
  class Sum extends nn.Module {
    layer = new nn.Linear(2, 2)
    forward(a: Tensor, b: Tensor): Tensor {
      return this.layer.forward(a).add(b)
    }
  }
  const model = new Sum()
  const history = await fit(model, {
    train: [{ a: x, b: x, labels: y, factor: 2 }],
    split: ({ a, b, labels, factor }) => [[a, b], { labels, factor }],
    loss: (output: Tensor, { labels, factor }: { labels: Tensor; factor: number }) =>
      crossEntropy(output, labels).mul(factor),
    optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
    epochs: 20,
    progress: false,
  })
  const losses = history.epochs.map(({ train }) => train.loss)
  expect(losses[19]).toBeLessThan(losses[0])
})

test('model, loss and batches move to the device, which need not be waited for', async () => {
  const onCpu = smallModel()
  await fit(onCpu, { ...quiet, optimizer: adamOf(onCpu), epochs: 2 })
  const late = {
    ...cpu,
    name: 'late',
    read: async (storage: Parameters<typeof cpu.read>[0]) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return cpu.read(storage)
    },
  }
  const model = smallModel()
  const options = {
    ...quiet,
    loss: new nn.CrossEntropyLoss({ weight: tensor([1, 1]) }),
    metrics: { accuracy: new metrics.Accuracy() },
    validation: batches,
  }
  const history = await fit(model, {
    ...options,
    optimizer: adamOf(model),
    device: late,
    epochs: 2,
  })
  expect(model.parameters()[0].device.name).toBe('late')
  expect(weightsOf(model.to(cpu))).toEqual(weightsOf(onCpu))
  expect(history.epochs[1].validation?.loss).toBeLessThan(history.epochs[0].train.loss)
})

test('training keeps a constant number of buffers alive', async () => {
  const { device, countLive } = countingDevice(cpu)
  const model = smallModel().to(device)
  const live: number[] = []
  const count = async (event: TrainingEvent) => {
    if (event.type !== 'epoch') return
    if (event.epoch === 5 || event.epoch === 45) live.push(await countLive())
  }
  await fit(model, {
    ...quiet,
    metrics: { accuracy: new metrics.Accuracy() },
    validation: batches,
    optimizer: adamOf(model),
    device,
    epochs: 45,
    callbacks: [count],
  })
  // One more for each of 120 steps would show.
  expect(Math.abs(live[1] - live[0])).toBeLessThan(40)
})

test('others have their turn while a model trains', async () => {
  const model = smallModel()
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const slow = (output: Tensor, target: Tensor) => {
    const end = performance.now() + 20
    while (performance.now() < end);
    return crossEntropy(output, target)
  }
  await fit(model, { ...quiet, loss: slow, optimizer: adamOf(model), epochs: 4 })
  clearInterval(timer)
  expect(turns).toBeGreaterThanOrEqual(2)
})
