import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { encode } from 'fast-png'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { load } from '../src/index.ts'
import { HubServer } from './hub/hub-server.ts'
import { pictureRows } from './hub/mnist-like.ts'
import { idxBytes } from './sources/write-idx.ts'

const all = mkdtempSync(join(tmpdir(), 'deepdive-'))
afterAll(() => rmSync(all, { recursive: true }))

// Each of them trains, while other tests do so too.
vi.setConfig({ testTimeout: 120_000 })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(all, 'job-'))
})

const chapter = fileURLToPath(new URL('../', import.meta.url))
const runner = fileURLToPath(new URL('../../../tools/example.mjs', import.meta.url))

/** Runs an example in the test's own folder; this process goes on meanwhile. */
async function run(name: string, ...flags: string[]) {
  const env = { ...process.env, INIT_CWD: folder, HF_HUB_CACHE: join(folder, 'cache') }
  const job = spawn(process.execPath, [runner, name, ...flags], { cwd: chapter, env })
  const closed = new Promise<number | null>((resolve) => job.on('close', resolve))
  const [stdout, stderr] = await Promise.all([text(job.stdout), text(job.stderr)])
  return { stdout, stderr, status: await closed }
}

/** The number that stands where (\S+) does in a pattern. */
function numberIn(output: string, pattern: RegExp): number {
  const [, found] = output.match(pattern) ?? []
  return Number(found)
}

test('the front page shows an example as it runs, and what it prints', async () => {
  const page = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  const source = readFileSync(new URL('../examples/xor.ts', import.meta.url), 'utf8')
  const [, ...code] = source.split('\n')
  expect(page).toContain(`\`\`\`ts\n${code.join('\n')}\`\`\``)
  expect(page).toContain(`\`\`\`\n${(await run('xor')).stdout}\`\`\``)
})

test('an example tells what it takes', async () => {
  const { stdout, status } = await run('fashion', '--help')
  expect(stdout).toMatch(/^Trains a convolutional network on clothes/)
  expect(stdout).toContain('\n  --checkpoint FILE  note there')
  expect(status).toBe(0)
  expect((await run('digits', '--help')).stdout).toContain('--optimizer NAME')
})

test('npm start trains on digits, and the figures are the same each run', async () => {
  const manifest = readFileSync(
    new URL('../../../package.json', import.meta.url),
    'utf8',
  )
  expect(JSON.parse(manifest).scripts.start).toContain('07-data/examples/digits.ts')
  const figures = async () => {
    const { stdout, status } = await run('digits', '--epochs', '1', '--batch', '250')
    expect(status).toBe(0)
    return stdout.replace(/[\d.]+ ms a step/, '')
  }
  const first = await figures()
  expect(first).toContain('8000 digits to learn from, 2000 to be tested on')
  expect(numberIn(first, /\ntest accuracy (\S+) %/)).toBeGreaterThan(85)
  expect(first).toMatch(/epoch 1\/1 .* validation loss \S+ +accuracy \d+\.\d\d %/)
  expect(first).toMatch(/\d, \d+ % sure +.*\nright +right +right\n/)
  expect(first).toMatch(/\nbut it is \d +but it is \d/)
  expect(await figures()).toBe(first)
})

test('a learning rate that is too high ends the digit job by one line', async () => {
  const flags = ['--lr', '1e30', '--epochs', '1', '--batch', '500']
  const { stderr, status } = await run('digits', ...flags)
  expect(stderr).toMatch(/^digits: fit: the loss is (NaN|Infinity|∞) at batch/)
  expect(stderr.trim()).not.toContain('\n')
  expect(status).toBe(1)
})

/** Clothes that are easy to tell apart: class c is a bright bar in row 2c + 4. */
function bars(count: number) {
  const pixels = new Uint8Array(count * 784)
  const labels = Uint8Array.from({ length: count }, (_, n) => n % 10)
  for (const [n, label] of labels.entries()) {
    const row = n * 784 + (2 * label + 4) * 28
    pixels.fill(250, row + 4, row + 24)
  }
  return { pixels, labels }
}

/** Writes one part of Fashion-MNIST as it is downloaded. */
function writeIdx(part: string, count: number): void {
  const { pixels, labels } = bars(count)
  const write = (name: string, shape: number[], values: Uint8Array) =>
    writeFileSync(
      join(folder, `${part}-${name}.gz`),
      gzipSync(idxBytes(8, shape, values)),
    )
  write('images-idx3-ubyte', [count, 28, 28], pixels)
  write('labels-idx1-ubyte', [count], labels)
}

const barsLearned = /validation .* accuracy (\S+) %.*\n\nfashion/

test('the fashion job learns from IDX files, and goes on from a checkpoint', async () => {
  writeIdx('train', 640)
  writeIdx('t10k', 100)
  const flags = ['--data', folder, '--checkpoint', join(folder, 'at')]
  const { stdout, stderr, status } = await run('fashion', ...flags, '--epochs', '2')
  expect([stderr, status]).toEqual(['', 0])
  expect(stdout).toContain('Conv2d 16 → 32, 3×3, padding 1')
  expect(numberIn(stdout, barsLearned)).toBeGreaterThan(90)
  expect(readFileSync(join(folder, 'fashion.html'), 'utf8')).toContain('Ankle boot')
  const weights = await load(join(folder, 'fashion.safetensors'))
  expect(weights['10.weight'].shape).toEqual([10, 32 * 7 * 7])
  const again = await run('fashion', ...flags, '--epochs', '2')
  expect(again.stdout).not.toContain('epoch 1/2')
  expect(existsSync(join(folder, 'cache'))).toBe(false)
})

const fashion = 'zalando-datasets/fashion_mnist'

/** The Parquet file of so many bars, as huggingface.co has it. */
function barRows(count: number) {
  const { pixels, labels } = bars(count)
  const pictures = Array.from(labels, (_, n) =>
    encode({
      width: 28,
      height: 28,
      channels: 1,
      data: pixels.subarray(784 * n, 784 * (n + 1)),
    }),
  )
  const names = Array.from({ length: 10 }, (_, n) => `bar ${n}`)
  return { bytes: pictureRows(pictures, Array.from(labels), names) }
}

test('without a folder the fashion job downloads from a hub', async () => {
  const files = {
    'fashion_mnist/train-00000-of-00001.parquet': barRows(320),
    'fashion_mnist/test-00000-of-00001.parquet': barRows(50),
  }
  const hub = await new HubServer({ [fashion]: { versions: { main: files } } }).start()
  const { stdout, stderr } = await run('fashion', '--hub', hub.url, '--epochs', '1')
  await hub.stop()
  expect(stderr).toBe('')
  expect(numberIn(stdout, barsLearned)).toBeGreaterThan(50)
  expect(readFileSync(join(folder, 'fashion.html'), 'utf8')).toContain('bar 7')
})

test('where there are no clothes, the fashion job says so by two lines', async () => {
  const { stderr, status } = await run('fashion', '--data', join(folder, 'nowhere'))
  expect(stderr).toMatch(
    /^fashionMnist: there is no train-images.*\n.*--data FOLDER.*\n$/,
  )
  expect(status).toBe(1)
})

test('the regression job predicts rents better than a line does', async () => {
  const { stdout, stderr } = await run('regression', '--epochs', '30')
  expect(stderr).toBe('')
  expect(stdout).toContain('800 flats to learn from, 200 to be tested on')
  const line = numberIn(stdout, /linear regression: R² (\S+), typical error \d+\n/)
  const network = numberIn(stdout, /a small network: R² (\S+), typical error \d+\n/)
  expect(line).toBeGreaterThan(0.85)
  expect(network).toBeGreaterThan(line + 0.03)
  expect(stdout.match(/m², built \d{4}, .*: predicted \d+, is \d+\n/g)).toHaveLength(5)
})

test('the writer learns from a text, and writes on in its way or daringly', async () => {
  const file = join(folder, 'text.txt')
  writeFileSync(file, 'lumberjacks '.repeat(40))
  const flags = ['--text', file, '--steps', '60', '--context', '12', '--length', '24']
  const { stdout, stderr } = await run('writer', ...flags, '--temperature', '0.1')
  expect(stderr).toBe('')
  expect(stdout).toContain('480 letters to learn from, 12 of them different')
  expect(stdout).toContain('\n\nlumberjacks lumberjacks lumberjack\n')
  const dares = await run('writer', ...flags, '--temperature', '100')
  expect(dares.stdout).not.toContain('lumberjacks lumberjacks')
})

test('the writer has the words of this course to learn from', async () => {
  const { stdout } = await run('writer', '--steps', '1', '--length', '10')
  expect(numberIn(stdout, /^(\d+) letters to learn from/)).toBeGreaterThan(100_000)
  const [, written] = stdout.split(/ a step\n\n/)
  expect([...written]).toHaveLength(10 + 10 + 1)
})

test('the transfer job computes as PyTorch does, and learns better from there', async () => {
  const { stdout, stderr } = await run('transfer')
  expect(stderr).toBe('')
  expect(numberIn(stdout, /PyTorch computes the same, up to (\S+)/)).toBeLessThan(1e-5)
  const anew = numberIn(stdout, /corners from nothing: (\S+) % right/)
  const transferred = numberIn(
    stdout,
    /corners from what PyTorch learned: (\S+) % right/,
  )
  expect(transferred).toBeGreaterThan(anew + 5)
  const weights = await load(join(folder, 'transferred.safetensors'))
  expect(weights['8.weight'].shape).toEqual([4, 96])
})
