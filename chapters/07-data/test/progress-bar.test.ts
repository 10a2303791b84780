import { afterEach, expect, test, vi } from 'vitest'
import { terminal } from '#terminal'
import { fit, metrics, nn, optim, type TrainingEvent } from '../src/index.ts'
import { formatPace, formatScores, formatTime } from '../src/training/format.ts'
import { ProgressBar } from '../src/training/progress-bar.ts'
import { points, smallModel } from './problem.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/**
 * What `fit` writes to a terminal of so many columns, or to a file; ⟲ stands for going
 * back to the start of the line and clearing it.
 */
async function written(columns: number | undefined, options: object = {}) {
  const { stdout } = process
  const before = { isTTY: stdout.isTTY, columns: stdout.columns }
  let text = ''
  vi.spyOn(stdout, 'write').mockImplementation((part) => {
    text += String(part)
    return true
  })
  // Each look at the clock finds it 60 ms later.
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 60
    return now
  })
  Object.assign(stdout, { isTTY: columns !== undefined, columns })
  const model = smallModel()
  let problem = ''
  try {
    await fit(model, {
      train: [points(8), points(8), points(8), points(8)],
      loss: nn.functional.crossEntropy,
      metrics: {
        accuracy: new metrics.Accuracy(),
        matrix: new metrics.ConfusionMatrix(),
      },
      optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
      epochs: 2,
      ...options,
    })
  } catch (error) {
    problem = String(error)
  } finally {
    Object.assign(stdout, before)
    vi.restoreAllMocks()
  }
  return text.replaceAll('\r\x1b[K', '⟲') + problem
}

test('in a file each epoch is a plain line', async () => {
  const text = await written(undefined)
  expect(text).toMatch(
    /^epoch 1\/2 {2}loss 0\.\d{4} {2}accuracy \d+\.\d\d % {2}[\d.]+ ms a step\nepoch 2\/2 [^\n]+\n$/,
  )
})

test('with a validation the line has both scores', async () => {
  const text = await written(undefined, { validation: [points(8)], epochs: 1 })
  expect(text).toMatch(
    /loss [\d.]+ {2}accuracy [\d.]+ % {2}validation loss [\d.]+ {2}accuracy [\d.]+ % {2}/,
  )
})

test('in a terminal a bar grows in place, with rate, time left, loss and metrics', async () => {
  const text = await written(100)
  const drawn = text.split('⟲').filter((line) => line.includes('left'))
  expect(drawn.length).toBeGreaterThan(4)
  const bar =
    /^epoch \d\/2 (█*░*) {2}(\d)\/4 {2}loss [\d.]+ {2}accuracy [\d.]+ % {2}[\d.]+ ms a step {2}\d:\d\d left$/
  for (const line of drawn) {
    const [, blocks, batch] = line.match(bar) ?? [line]
    expect(blocks.match(/█*/)?.[0].length).toBe(
      Math.round((Number(batch) / 4) * blocks.length),
    )
    expect(line.length).toBeLessThan(100)
  }
  expect(text.match(/⟲epoch \d\/2 {2}loss [^\n⟲]*\n/g)?.length).toBe(2)
})

test('a narrow terminal gets a shorter line, and one of unknown length no bar', async () => {
  for (const line of (await written(40)).split(/⟲|\n/)) {
    if (!line.includes('a step')) expect(line.length).toBeLessThan(40)
  }
  const batches = [points(8), points(8), points(8)]
  const text = await written(100, { train: () => batches.values() })
  expect(text).toMatch(
    /⟲epoch 1\/2 2 {2}loss [\d.]+ {2}accuracy [\d.]+ % {2}[\d.]+ ms a step⟲/,
  )
  expect(text).toMatch(/⟲epoch 2\/2 █+░+ {2}2\/3 /)
})

test('nothing is written where progress is off', async () => {
  expect(await written(100, { progress: false })).toBe('')
})

test('a metric that says nothing yet is left out, and ends no training', async () => {
  let seen = 0
  const several = {
    reset: () => {
      seen = 0
    },
    update: () => {
      seen++
    },
    compute: async () => {
      if (seen < 2) throw new Error('one batch has no variance')
      return 0.5
    },
  }
  const text = await written(100, { metrics: { several } })
  expect(text).toMatch(/⟲epoch 1\/2 █*░* {2}1\/4 {2}loss [\d.]+ {2}[\d.]+ ms a step/)
  expect(text).toMatch(/⟲epoch 2\/2 {2}loss [\d.]+ {2}several 0.5000 {2}[^\n]+\n$/)
})

test('a bar that is not filled makes room for what comes after it', async () => {
  const after = (answer: () => unknown) => {
    return { callbacks: [({ type }: TrainingEvent) => type === 'step' && answer()] }
  }
  expect(
    await written(
      100,
      after(() => 'stop'),
    ),
  ).toMatch(/ left⟲$/)
  const fails = () => {
    throw new Error('no more')
  }
  expect(await written(100, after(fails))).toMatch(/ left⟲Error: no more$/)
  expect(
    await written(
      undefined,
      after(() => 'stop'),
    ),
  ).toBe('')
})

test('the rate of what is taken up again is that of the batches since then', async () => {
  const { show } = new ProgressBar()
  const lines: string[] = []
  vi.spyOn(terminal, 'columns', 'get').mockReturnValue(100)
  vi.spyOn(terminal, 'draw').mockImplementation((line) => lines.push(line))
  vi.spyOn(terminal, 'print').mockImplementation(() => {})
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 1000
    return now
  })
  const step = { type: 'step', epoch: 1, epochs: 1, loss: 1, meanLoss: 1 } as const
  await show({ type: 'begin', epochs: 1, step: 900 })
  await show({ ...step, batch: 901, batches: 1000, step: 901 })
  await show({ ...step, batch: 902, batches: 1000, step: 902 })
  expect(lines[0]).toMatch(/901\/1000 {2}loss 1.0000 {2}1.0 s a step {2}1:39 left$/)
  expect(lines[1]).toMatch(/902\/1000 {2}loss 1.0000 {2}1.0 s a step {2}1:38 left$/)
})

test('numbers are written so that they say something', () => {
  const scores = {
    loss: 0.30821,
    tiny: 0.00001234,
    huge: 1.5e7,
    zero: 0,
    matrix: [[1]],
  }
  expect(formatScores(scores, {})).toBe(
    'loss 0.3082  tiny 1.234e-5  huge 1.500e+7  zero 0.0000',
  )
  expect(formatScores({ f1: 0.91236 }, { f1: { unit: '%' } })).toBe('f1 91.24 %')
  expect([42.4, 725, 10_800].map(formatTime)).toEqual(['0:42', '12:05', '3:00:00'])
  expect([formatPace(1, 80), formatPace(90, 60)]).toEqual([
    '12.5 ms a step',
    '1.5 s a step',
  ])
})
