import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metrics, type Tensor, tensor, zeros } from '../src/index.ts'

/** Some samples: for each a number per class, and the class that it is of. */
interface Samples {
  readonly outputs: number[][]
  readonly targets: number[]
}

/** Samples of a few classes; outputs are often equal to one another. */
const samples = fc.integer({ min: 2, max: 5 }).chain((classes) => {
  const output = fc.array(fc.integer({ min: -2, max: 2 }), {
    minLength: classes,
    maxLength: classes,
  })
  const sample = fc.tuple(output, fc.integer({ min: 0, max: classes - 1 }))
  return fc.array(sample, { minLength: 1, maxLength: 12 }).map((found): Samples => {
    return { outputs: found.map(([o]) => o), targets: found.map(([, t]) => t) }
  })
})

const int = (values: number[]) => tensor(values, { dtype: 'int32' })

/** What a metric computes of samples that come in batches of `size`. */
function measured<Value>(
  metric: metrics.Metric<Value>,
  { outputs, targets }: Samples,
  size: number,
): Promise<Value> {
  for (let at = 0; at < targets.length; at += size) {
    const batch = [outputs, targets].map((list) => list.slice(at, at + size))
    metric.update(tensor(batch[0]), int(targets.slice(at, at + size)))
  }
  return metric.compute()
}

/** Classes from the likeliest on; of two equals the first comes first. */
function ranked(output: number[]): number[] {
  const order = output.map((_, n) => n)
  return order.sort((a, b) => output[b] - output[a] || a - b)
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const mean = (values: number[]) => sum(values) / values.length
const or0 = (value: number) => (Number.isNaN(value) ? 0 : value)

/** Precision, recall and F1 of each class, by their definitions. */
function scores({ outputs, targets }: Samples) {
  const guesses = outputs.map((output) => ranked(output)[0])
  const classes = [...new Set([...guesses, ...targets])]
  return classes.map((c) => {
    const hits = guesses.filter((guess, n) => guess === c && targets[n] === c).length
    const precision = or0(hits / guesses.filter((guess) => guess === c).length)
    const support = targets.filter((target) => target === c).length
    const recall = or0(hits / support)
    const f1 = or0((2 * precision * recall) / (precision + recall))
    return { Precision: precision, Recall: recall, F1Score: f1, support }
  })
}

test('accuracy is the share of samples whose class is among the k likeliest', async () => {
  const property = fc.asyncProperty(
    samples,
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 5 }),
    async (given, size, k) => {
      const topK = Math.min(k, given.outputs[0].length)
      const right = given.targets.filter((target, n) =>
        ranked(given.outputs[n]).slice(0, topK).includes(target),
      )
      const found = await measured(new metrics.Accuracy({ topK }), given, size)
      expect(found).toBe(right.length / given.targets.length)
    },
  )
  await fc.assert(property)
})

test.each(['Precision', 'Recall', 'F1Score'] as const)(
  '%s is what its definition says, however classes are averaged',
  async (name) => {
    const property = fc.asyncProperty(
      samples,
      fc.integer({ min: 1, max: 4 }),
      async (given, size) => {
        const found = (average: 'macro' | 'micro' | 'weighted') =>
          measured(new metrics[name]({ average }), given, size)
        const all = scores(given)
        expect(await found('macro')).toBeCloseTo(
          mean(all.map((score) => score[name])),
          10,
        )
        const weighted = sum(all.map((score) => score[name] * score.support))
        expect(await found('weighted')).toBeCloseTo(weighted / given.targets.length, 10)
        const accuracy = await measured(new metrics.Accuracy(), given, size)
        expect(await found('micro')).toBeCloseTo(accuracy, 10)
      },
    )
    await fc.assert(property)
  },
)

test('of yes and no, the score of yes counts', async () => {
  const outputs = tensor([0.7, 0.6, 0.2, 0.9, 0.4])
  const targets = tensor([1, 0, 1, 1, 0])
  const found = (metric: metrics.Metric) => {
    metric.update(outputs, targets)
    return metric.compute()
  }
  const options = { threshold: 0.5 }
  expect(await found(new metrics.Accuracy(options))).toBe(3 / 5)
  expect(await found(new metrics.Precision(options))).toBe(2 / 3)
  expect(await found(new metrics.Recall(options))).toBe(2 / 3)
  expect(await found(new metrics.Recall({ threshold: 0.65 }))).toBe(2 / 3)
  expect(await found(new metrics.F1Score({ threshold: 0.8 }))).toBe(2 / 4)
})

test('a confusion matrix counts how often each class was taken for each', async () => {
  const property = fc.asyncProperty(
    samples,
    fc.integer({ min: 1, max: 4 }),
    async (given, size) => {
      const classes = given.outputs[0].length
      const expected = Array.from({ length: classes }, () => new Array(classes).fill(0))
      given.targets.forEach((target, n) => {
        expected[target][ranked(given.outputs[n])[0]]++
      })
      expect(await measured(new metrics.ConfusionMatrix(), given, size)).toEqual(
        expected,
      )
    },
  )
  await fc.assert(property)
})

test('classes may lie along any axis, and samples may not count', async () => {
  const outputs = tensor([
    [
      [0.9, 0.1],
      [0.2, 0.8],
      [0.6, 0.4],
    ],
  ]) // [1, 3, 2]
  const targets = tensor([[0, 1, -100]], { dtype: 'int32' })
  for (const [metric, expected] of [
    [new metrics.Accuracy({ dim: -1 }), 1],
    [new metrics.Accuracy({ dim: 2, ignoreIndex: 1 }), 1 / 2],
    [new metrics.Accuracy({ dim: -1, topK: 2 }), 1],
    [new metrics.Recall({ dim: -1 }), 1],
    [
      new metrics.ConfusionMatrix({ dim: -1 }),
      [
        [1, 0],
        [0, 1],
      ],
    ],
  ] as const) {
    metric.update(outputs, targets)
    expect(await metric.compute()).toEqual(expected)
  }
})

/** Pairs of what is said and what is true, far from 0 as well. */
const pairs = fc
  .tuple(
    fc.integer({ min: -4000, max: 4000 }),
    fc.array(
      fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
      {
        minLength: 2,
        maxLength: 20,
      },
    ),
  )
  .map(([shift, list]) => list.map(([guess, truth]) => [guess + shift, truth + shift]))

function regress(metric: metrics.Metric, list: number[][], size: number) {
  for (let at = 0; at < list.length; at += size) {
    const batch = list.slice(at, at + size)
    const column = (n: number): Tensor => tensor(batch.map((pair) => pair[n]))
    metric.update(column(0), column(1))
  }
  return metric.compute()
}

test('the mean squared error, and its root, are what they say', async () => {
  const property = fc.asyncProperty(
    pairs,
    fc.integer({ min: 1, max: 6 }),
    async (list, size) => {
      const expected = mean(list.map(([guess, truth]) => (guess - truth) ** 2))
      expect(await regress(new metrics.MeanSquaredError(), list, size)).toBe(expected)
      const root = new metrics.MeanSquaredError({ squared: false })
      expect(await regress(root, list, size)).toBe(Math.sqrt(expected))
    },
  )
  await fc.assert(property)
})

test('R² is the share of variance explained, also of targets far from 0', async () => {
  const property = fc.asyncProperty(
    pairs,
    fc.integer({ min: 1, max: 6 }),
    async (list, size) => {
      const center = mean(list.map(([, truth]) => truth))
      const spread = sum(list.map(([, truth]) => (truth - center) ** 2))
      const error = sum(list.map(([guess, truth]) => (guess - truth) ** 2))
      fc.pre(spread > 0)
      const found = await regress(new metrics.R2Score(), list, size)
      expect(found).toBeCloseTo(1 - error / spread, 3)
    },
  )
  await fc.assert(property)
})

test('R² of several columns is their mean, and of constant targets 0 or 1', async () => {
  // The example of scikit-learn's r2_score.
  const r2 = new metrics.R2Score()
  r2.update(
    tensor([
      [0, 2],
      [-1, 2],
      [8, -5],
    ]),
    tensor([
      [0.5, 1],
      [-1, 1],
      [7, -6],
    ]),
  )
  expect(await r2.compute()).toBeCloseTo(
    (0.9654377880184332 + 0.9081632653061225) / 2,
    6,
  )
  const constant = async (outputs: number[]) => {
    r2.reset()
    r2.update(tensor(outputs), tensor([2, 2]))
    return await r2.compute()
  }
  expect(await constant([2, 2])).toBe(1)
  expect(await constant([2, 1])).toBe(0)
})

test('a metric goes on from where another stood', async () => {
  const [before, after] = [new metrics.R2Score(), new metrics.R2Score()]
  before.update(tensor([1, 3]), tensor([1, 2]))
  after.loadStateDict(JSON.parse(JSON.stringify(await before.stateDict())))
  for (const r2 of [before, after]) r2.update(tensor([3, 4]), tensor([3, 4]))
  expect(await after.compute()).toBe(0.8)
  expect(await before.compute()).toBe(0.8)
})

/** What an update, or else the computing after it, throws. */
async function complaint(metric: metrics.Metric<unknown>, ...batch: [Tensor, Tensor]) {
  try {
    metric.update(...batch)
    await metric.compute()
  } catch (error) {
    return String(error)
  }
  return 'nothing was thrown'
}

test('what does not fit is refused by name', async () => {
  const outputs = tensor([
    [1, 2, 3],
    [3, 2, 1],
  ])
  const labels = int([0, 1])
  const { Accuracy, ConfusionMatrix, MeanSquaredError, Precision, R2Score } = metrics
  const cases: [metrics.Metric<unknown>, Tensor, Tensor, string][] = [
    [
      new Accuracy(),
      outputs,
      int([0]),
      'ShapeError: Accuracy: outputs of [2, 3] do not fit targets of [1]: they',
    ],
    [
      new Accuracy(),
      outputs.slice(1, 0, 1),
      labels,
      'ShapeError: Accuracy: outputs of [2, 1] have a single class on axis 1',
    ],
    [
      new Accuracy(),
      outputs,
      labels.to('float32'),
      'DTypeError: Accuracy: targets must be int32 classes, not float32',
    ],
    [
      new Accuracy({ topK: 4 }),
      outputs,
      labels,
      'ShapeError: Accuracy: topK is 4, of 3 classes',
    ],
    [
      new ConfusionMatrix(),
      outputs,
      int([0, 3]),
      'ValueError: ConfusionMatrix: 1 of 2 targets are no class from 0 to 2',
    ],
    [
      new Precision(),
      outputs,
      int([0, -1]),
      'ValueError: Precision: 1 of 2 targets are no class from 0 to 2',
    ],
    [
      new MeanSquaredError(),
      outputs,
      labels,
      'ShapeError: MeanSquaredError: outputs of [2, 3] do not fit targets of [2]: reshape one',
    ],
    [
      new R2Score(),
      outputs.slice(0, 0, 1),
      outputs.slice(0, 0, 1),
      'ValueError: R2Score: 1 sample has no variance',
    ],
    [
      new R2Score(),
      outputs.unsqueeze(0),
      outputs.unsqueeze(0),
      'ShapeError: R2Score: outputs of 3 axes',
    ],
  ]
  for (const [metric, output, target, text] of cases) {
    expect((await complaint(metric, output, target)).slice(0, text.length)).toBe(text)
  }
})

test('a metric of no batches says so, and options that make no sense are refused', async () => {
  await expect(new metrics.Recall().compute()).rejects.toThrow(
    'Recall: there was no batch yet: call update first',
  )
  expect(() => new metrics.Accuracy({ topK: 0 })).toThrow(
    'Accuracy: topK is 0: it must be a whole number ≥ 1',
  )
  const average: 'micro' = JSON.parse('"mean"')
  expect(() => new metrics.F1Score({ average })).toThrow(
    "F1Score: average is 'mean': it must be 'macro' or 'weighted' or 'micro'",
  )
})

test('a metric of nothing that counts says so, and is no NaN', async () => {
  const accuracy = new metrics.Accuracy({ ignoreIndex: 1 })
  accuracy.update(tensor([[1, 2]]), int([1]))
  await expect(accuracy.compute()).rejects.toThrow(
    'Accuracy: no target counts: all of them are 1, the ignoreIndex, or there are none',
  )
  const error = new metrics.MeanSquaredError()
  error.update(zeros([0, 3]), zeros([0, 3]))
  await expect(error.compute()).rejects.toThrow(
    'MeanSquaredError: all batches were empty, so that there is no mean',
  )
})

test('batches of another number of classes are refused', async () => {
  const metric = new metrics.ConfusionMatrix()
  metric.update(tensor([[1, 2]]), int([0]))
  metric.update(tensor([[1, 2, 3]]), int([0]))
  await expect(metric.compute()).rejects.toThrow(
    'ConfusionMatrix: a batch of 10 numbers came after batches of 5: all must have ' +
      'the same classes or columns',
  )
})
