import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import {
  data,
  evaluate,
  fit,
  metrics,
  nn,
  optim,
  type Tensor,
  tensor,
  training,
} from '../src/index.ts'
import { points, smallModel } from './problem.ts'

const batch = points(8)
const twice = new metrics.ConfusionMatrix()

/** What `fit` says of options that differ from good ones by `wrong`. */
async function complaint(wrong: object): Promise<string> {
  const model = smallModel()
  const options = {
    train: [batch],
    loss: nn.functional.crossEntropy,
    optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
    epochs: 2,
    progress: false,
  }
  const before = model.parameters()[0].toArray()
  const problem = await fit(model, { ...options, ...wrong }).then(
    () => 'nothing was thrown',
    (error: unknown) => String(error),
  )
  expect(model.parameters()[0].toArray()).toEqual(before)
  return problem
}

test.each([
  [
    { validaton: [batch] },
    'ValueError: fit: there is no option validaton: there are train, validation, epochs,',
  ],
  [{ epochs: 0 }, 'ValueError: fit: epochs is 0: it must be a whole number ≥ 1'],
  [{ accumulate: 1.5 }, 'ValueError: fit: accumulate is 1.5: it must be a whole'],
  [{ clipGradNorm: 0 }, 'ValueError: fit: clipGradNorm is 0: it must be a finite'],
  [{ clipGradValue: -1 }, 'ValueError: fit: clipGradValue is -1: it must be a finite'],
  [
    { train: new data.TensorDataset(...batch) },
    'ValueError: fit: train is a TensorDataset: it must be batches, as a DataLoader or a',
  ],
  [{ train: undefined }, 'ValueError: fit: train is undefined: it must be batches'],
  [
    { validation: 5 },
    'ValueError: fit: validation is the number 5: it must be batches',
  ],
  [
    { optimizer: 'adam' },
    "ValueError: fit: optimizer is the string 'adam': it must be an",
  ],
  [{ loss: 'mse' }, "ValueError: fit: loss is the string 'mse': it must be a function"],
  [
    { metrics: [1] },
    'ValueError: fit: metrics is a list: it must be an object of metrics by their names',
  ],
  [
    { metrics: { accuracy: 'top-1' } },
    "ValueError: fit: metrics.accuracy is the string 'top-1': it must be a metric, as new",
  ],
  [
    { schedule: 'cosine' },
    "ValueError: fit: schedule is the string 'cosine': it must be a schedule, as new",
  ],
  [
    { earlyStopping: 5 },
    'ValueError: fit: earlyStopping is the number 5: it must be an EarlyStopping, as new',
  ],
  [{ split: [0, 1] }, 'ValueError: fit: split is a list: it must be a function'],
  [
    { device: 'webgpu' },
    "ValueError: fit: device is the string 'webgpu': it must be a device, as await",
  ],
  [
    { callbacks: () => 'stop' },
    'ValueError: fit: callbacks is a function: it must be a list of functions',
  ],
  [
    { checkpoint: { file: 5 } },
    'ValueError: fit: checkpoint: the target is the number 5: it must be a path, or a',
  ],
  [
    { train: [[null, batch[1]]] },
    'ValueError: fit: inputs is null: it must be a tensor, or a list of tensors',
  ],
  [
    {
      loss: (output: Tensor, target: Tensor) =>
        nn.functional.crossEntropy(output, target, { reduction: 'none' }),
    },
    "ShapeError: fit: the loss is [8]: it must be a single number: use .mean(), or leave out reduction: 'none'",
  ],
  [
    { metrics: { first: twice, second: twice } },
    'ValueError: fit: metrics.second is metrics.first: make one of its own for each',
  ],
  [
    { checkpoint: { file: '/nowhere/last.safetensors' } },
    'FileError: fit: checkpoint: /nowhere/last.safetensors: there is no such file or fol',
  ],
  [
    { checkpoint: { file: '/etc/hosts/last.safetensors' } },
    'FileError: fit: checkpoint: /etc/hosts/last.safetensors: a part of its path is no',
  ],
  [
    { checkpoint: { file: pathToFileURL(tmpdir()) } },
    `FileError: fit: checkpoint: ${tmpdir()}: it is a folder, and no file`,
  ],
  [{ loss: () => 0.5 }, 'ValueError: fit: the loss is the number 0.5, not a tensor'],
  [
    { scheduleEvery: 'batch' },
    "ValueError: fit: scheduleEvery is 'batch': it must be 'step' or 'epoch'",
  ],
  [
    { monitor: 'accuracy' },
    "ValueError: fit: monitor is 'accuracy': it must be 'loss'",
  ],
  [
    { metrics: { loss: new metrics.Accuracy() } },
    "ValueError: fit: a metric is named 'loss', as the loss is: rename it",
  ],
  [
    { train: [batch[0]] },
    'ValueError: fit: a batch is a Tensor: it must be a pair [inputs, target], or else',
  ],
  [
    { train: [[...batch, 1]] },
    'ValueError: fit: a batch is a list of 3: it must be a pair',
  ],
  [
    { train: [] },
    'ValueError: fit: train: there were no batches: a generator gives its own only',
  ],
])(
  'what makes no sense is refused before anything changes, case %#',
  async (wrong, text) => {
    expect((await complaint(wrong)).slice(0, text.length)).toBe(text)
  },
)

test('a schedule that looks at epochs cannot step after each batch', async () => {
  const model = smallModel()
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 })
  const schedule = new optim.ReduceLROnPlateau(optimizer)
  expect(await complaint({ optimizer, schedule, scheduleEvery: 'step' })).toBe(
    "ValueError: fit: scheduleEvery is 'step': ReduceLROnPlateau looks at what an epoch " +
      "came to, so that it must be 'epoch'",
  )
})

test('a generator, which gives its batches once, is missed in the second epoch', async () => {
  const model = smallModel()
  const train = [batch].values()
  const options = { train, loss: nn.functional.crossEntropy, progress: false }
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 })
  await expect(fit(model, { ...options, optimizer, epochs: 2 })).rejects.toThrow(
    'fit: train: there were no batches: a generator gives its own only once: pass a list, a ' +
      'DataLoader, or a function that makes a generator for each epoch',
  )
})

test('a loss that is no number any more ends training, and says where', async () => {
  const model = smallModel()
  let calls = 0
  const loss = (output: Tensor, target: Tensor) =>
    nn.functional.crossEntropy(output, target).mul(++calls < 5 ? 1 : Number.NaN)
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 })
  const options = { train: [batch, batch, batch], loss, optimizer, progress: false }
  await expect(fit(model, { ...options, epochs: 3 })).rejects.toThrow(
    'fit: the loss is NaN at batch 2 of epoch 2: use a lower learning rate or ' +
      'clipGradNorm, or look for its cause by detectAnomaly',
  )
})

test('what a metric computes must be a number where it is monitored', async () => {
  const model = smallModel()
  const matrix = { update() {}, reset() {}, compute: async () => [[1]] }
  const options = {
    train: [batch],
    loss: nn.functional.crossEntropy,
    optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
    metrics: { matrix },
    monitor: 'matrix',
  }
  await expect(fit(model, { ...options, epochs: 1, progress: false })).rejects.toThrow(
    "fit: monitor is 'matrix': that metric is no number which could be watched",
  )
})

test('what is no model is refused, and so are no options', async () => {
  const refused = async (...args: unknown[]) =>
    Promise.resolve(Reflect.apply(fit, undefined, args)).then(String, String)
  expect(await refused({ forward: () => 0 })).toBe(
    'ValueError: fit: model is an object: it must be a model, as new nn.Linear(2, 1)',
  )
  expect(await refused(smallModel())).toContain('fit: options are undefined: they must')
  const events = Reflect.apply(training, undefined, [null])
  await expect(events.next()).rejects.toThrow('fit: model is null: it must be a model')
})

test('evaluate refuses what fit refuses', async () => {
  const model = smallModel()
  const { crossEntropy } = nn.functional
  const misspelt = { loss: crossEntropy, metric: {} }
  await expect(evaluate(model, [batch], misspelt)).rejects.toThrow(
    'evaluate: there is no option metric: there are loss, metrics, split, device',
  )
  await expect(evaluate(model, [], { loss: crossEntropy })).rejects.toThrow(
    'evaluate: there were no batches',
  )
  const labels: [Tensor, Tensor][] = JSON.parse('7')
  await expect(evaluate(model, labels, { loss: crossEntropy })).rejects.toThrow(
    'evaluate: batches is the number 7: it must be batches',
  )
  const loss: typeof crossEntropy = JSON.parse('{}')
  await expect(evaluate(model, [batch], { loss })).rejects.toThrow(
    'evaluate: loss is an object: it must be a function of output and target',
  )
  const named = { loss: new metrics.MeanSquaredError() }
  const options = { loss: crossEntropy, metrics: named }
  await expect(evaluate(model, [batch], options)).rejects.toThrow(
    "evaluate: a metric is named 'loss', as the loss is: rename it",
  )
  const each = (output: Tensor, target: Tensor) =>
    crossEntropy(output, target, { reduction: 'none' })
  await expect(evaluate(model, [batch], { loss: each })).rejects.toThrow(
    'evaluate: the loss is [8]: it must be a single number',
  )
  await expect(evaluate(model, [batch[0]], { loss: crossEntropy })).rejects.toThrow(
    'evaluate: a batch is a Tensor: it must be a pair [inputs, target]',
  )
})

test('an error inside the model names the layer, and comes out of fit', async () => {
  const model = smallModel()
  const train = [[tensor([[1, 2, 3]]), tensor([1])]] as const
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 })
  const options = { train, loss: nn.functional.mseLoss, optimizer, epochs: 1 }
  await expect(fit(model, { ...options, progress: false })).rejects.toThrow(
    /\n {2}in 0 \(Linear 2 → 8\)/,
  )
})
