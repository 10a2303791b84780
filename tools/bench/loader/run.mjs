// Measures how fast data sets are read and made into batches, beside PyTorch where
// `python3` has it: node tools/bench/loader/run.mjs
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { count, writeImages } from './images.mjs'

const folder = mkdtempSync(join(tmpdir(), 'deepdive-loader-'))
const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/** The figures of a program: seconds by what was done. */
function measure(program, ...args) {
  const { stdout, status } = spawnSync(program, [...args, folder], { encoding: 'utf8' })
  return status === 0 ? JSON.parse(stdout) : undefined
}

const what = {
  'idx, plain': `read ${count} images and labels of IDX files`,
  'idx, gzip': 'the same, zipped',
  batches: 'an epoch in batches of 64, shuffled, as fractions from 0 to 1',
  rows: 'an epoch of rows of a tensor, in batches of 64, shuffled',
}

try {
  const options = { cwd: here('../../../'), stdio: ['ignore', 'ignore', 'inherit'] }
  execFileSync('npm', ['run', 'build', '--', '--filter=deepdive'], options)
  writeImages(folder)
  const ours = measure(process.execPath, '--expose-gc', here('deepdive.mjs'))
  const theirs = measure('python3', here('pytorch.py'))
  for (const [key, description] of Object.entries(what)) {
    const [a, b] = [ours[key], theirs?.[key]]
    const ratio = b ? `, PyTorch ${b.toFixed(3)} s: ${(b / a).toFixed(1)} times` : ''
    console.log(`${key}: ${a.toFixed(3)} s${ratio}  (${description})`)
  }
  if (!theirs) console.log('PyTorch with torchvision is not there to compare with.')
  const growth = ours['growth, MB'].toFixed(1)
  console.log(`memory after ten epochs: ${growth} MB more than after one`)
} finally {
  rmSync(folder, { recursive: true })
}
