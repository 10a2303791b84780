import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { type EpochRecord, History } from '../src/index.ts'
import { chartOf } from '../src/training/plot/chart.ts'

const folder = mkdtempSync(join(tmpdir(), 'deepdive-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Two epochs with a loss, a metric and a confusion matrix. */
const epochs = [0.9, 0.4].map((loss, n): EpochRecord => {
  const scores = (part: number) => ({
    loss: loss + part,
    recall: 0.5 + n / 4,
    confusion: [
      [31, 7 + n],
      [9, 53],
    ],
  })
  return {
    epoch: n + 1,
    step: 10 * (n + 1),
    batches: 10,
    seconds: 1,
    train: scores(0),
    validation: scores(0.1),
    lr: [0.1],
  }
})

/** The words in a picture. */
function wordsOf(svg: string): string[] {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, word]) => word)
}

/** Names in a picture have numbers that no other picture has. */
const unnumbered = (svg: string) => svg.replaceAll(/zr\d+(-cls-\d+)?/g, 'zr')

test('a history draws its loss, its metrics, and how classes are confused', async () => {
  const svg = await new History(epochs).plot()
  expect(svg).toMatch(/^<svg width="860" height="620"/)
  const words = wordsOf(svg)
  for (const word of ['loss', 'recall', 'confusion', 'epoch', 'train', 'validation']) {
    expect(words).toContain(word)
  }
  // The matrix is that of the last epoch, and its classes have numbers for names.
  for (const word of ['31', '8', '9', '53', '0', '1', 'taken for']) {
    expect(words).toContain(word)
  }
  expect(words).not.toContain('learning rate')
})

test('rates are drawn where they change, each group by itself', async () => {
  const changing = epochs.map((epoch, n) => ({ ...epoch, lr: [0.1, 0.2 / (n + 1)] }))
  const words = wordsOf(await new History(changing).plot())
  for (const word of ['learning rate', 'group 0', 'group 1'])
    expect(words).toContain(word)
})

test('classes have the names that they are given', async () => {
  const svg = await new History(epochs).plot(undefined, { classes: ['cat', 'a<b'] })
  expect(wordsOf(svg)).toContain('cat')
  expect(wordsOf(svg)).toContain('a&lt;b')
})

test('as many classes as there are may be confused', () => {
  const rows = Array.from({ length: 400 }, () => new Array<number>(400).fill(7))
  const chart = chartOf([{ kind: 'matrix', title: 'confusion', rows }], undefined)
  expect(chart.visualMap).toMatchObject([{ min: 0, max: 7 }])
})

test('a picture is written as SVG, or as a page with a table', async () => {
  const history = new History(epochs)
  const picture = join(folder, 'history.svg')
  expect(await history.plot(picture)).toBe(readFileSync(picture, 'utf8'))
  const file = join(folder, 'history.html')
  await history.plot(file)
  const page = readFileSync(file, 'utf8')
  expect(page).toMatch(/^<!doctype html>/)
  expect(unnumbered(page)).toContain(unnumbered(await history.plot()))
  expect(page).toContain('<th>validation loss</th>')
  expect(page).toContain('<tr><td>2</td><td>0.4000</td><td>0.7500</td><td>0.5000</td>')
  const again = await history.plot(undefined, { format: 'html' })
  expect(unnumbered(again)).toBe(unnumbered(page))
})

test('a history of no epochs, and a format that is none, are refused', async () => {
  await expect(new History().plot()).rejects.toThrow(
    'plot: no epoch is over, so there is nothing to draw',
  )
  const format: 'svg' = JSON.parse('"png"')
  await expect(new History(epochs).plot(undefined, { format })).rejects.toThrow(
    "plot: format is 'png': it must be 'svg' or 'html'",
  )
  const options = { classes: ['cat'] }
  await expect(new History(epochs).plot(undefined, options)).rejects.toThrow(
    'plot: classes are 1 names, but confusion has 2 classes: give a name for each',
  )
})

test('without echarts the error says how to install it', async () => {
  vi.doMock('echarts', () => {
    throw new Error("Cannot find package 'echarts'")
  })
  await expect(new History(epochs).plot()).rejects.toThrow(
    /plot: it draws by the package echarts, which is not there \(.*\): install it by npm install echarts/,
  )
  vi.doUnmock('echarts')
})
