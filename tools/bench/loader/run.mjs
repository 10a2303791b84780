// How fast data sets are read and made into batches, beside PyTorch.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../prepare.mjs'
import { record } from '../record.mjs'
import { comparison, duration, load, machine, table, where } from '../report.mjs'
import { count, writeImages } from './images.mjs'

const what = {
  'idx, plain': `read ${count} images and labels of IDX files`,
  'idx, gzip': 'the same, zipped: noise, which gzip is slowest with',
  batches: 'an epoch of them in batches of 64, shuffled, as fractions from 0 to 1',
  rows: `an epoch of ${count} rows of a tensor, in batches of 64, shuffled`,
}

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/** Measures it, prints it, and puts it into chapter 7 if `python3` has PyTorch. */
export function benchLoader() {
  build('deepdive')
  const folder = mkdtempSync(join(tmpdir(), 'deepdive-loader-'))
  try {
    console.error(`Writing ${count} images, and loading them.`)
    writeImages(folder)
    const before = load()
    const us = () =>
      measure(process.execPath, '--expose-gc', here('deepdive.mjs'), folder)
    const them = () => measure('python3', here('pytorch.py'), folder)
    const [ours, theirs] = bestOf([us(), them()], [us(), them()])
    if (ours.failed) throw new Error(`DeepDive failed: ${ours.failed}`)
    const text = report(ours, theirs.failed ? undefined : theirs, [before, load()])
    console.log(`\n${text}`)
    if (!theirs.failed) record('07-data', 'loader', text)
    else console.error(`There is no PyTorch to compare with: ${theirs.failed}.`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The figures of a program, seconds by what was done; or else why it failed. */
function measure(program, ...args) {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' })
  if (status === 0) return JSON.parse(stdout)
  return { failed: stderr?.trim().split('\n').at(-1) ?? `${program} is not there` }
}

/** Of both who took turns, the least that each needed. */
function bestOf(first, second) {
  return first.map((figures, peer) => {
    const entries = Object.entries(figures).map(([key, value]) => {
      const other = second[peer][key]
      return [key, typeof value === 'number' ? Math.min(value, other) : value]
    })
    return Object.fromEntries(entries)
  })
}

/** Markdown, as chapter 7's README shows it. */
function report(ours, theirs, loads) {
  const rows = Object.keys(what).map((key) => {
    const others = theirs
      ? [duration(theirs[key]), comparison(theirs[key] / ours[key])]
      : []
    return [key, duration(ours[key]), ...others]
  })
  const growth = Math.max(0, ours['growth, MB'])
  const peers = theirs ? [`PyTorch ${theirs.version}`, 'DeepDive is'] : []
  return [
    ...where(machine(), loads),
    '- one thread each; they took turns, and the best of several runs counts',
    '',
    ...table(['', 'DeepDive', ...peers], rows),
    '',
    ...Object.entries(what).map(([key, description]) => `- ${key}: ${description}`),
    `- after ten more epochs DeepDive holds ${growth.toFixed(1)} MB more`,
  ].join('\n')
}
