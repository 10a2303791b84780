import { afterEach, expect, test, vi } from 'vitest'
import { fit, metrics, nn, optim } from '../src/index.ts'
import { formatPace, formatScores, formatTime } from '../src/training/format.ts'
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
  } finally {
    Object.assign(stdout, before)
    vi.restoreAllMocks()
  }
  return text.replaceAll('\r\x1b[K', '⟲')
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
