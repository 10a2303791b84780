import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { decode } from 'fast-png'
import { afterAll, expect, test } from 'vitest'
import { readIdx } from '../examples/fashion/idx.ts'

const folder = mkdtempSync(join(tmpdir(), 'deepdive-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(name: string, ...flags: string[]) {
  const runner = fileURLToPath(new URL('../../../tools/example.mjs', import.meta.url))
  return spawnSync(process.execPath, [runner, name, ...flags], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    encoding: 'utf8',
  })
}

const files = [
  'train-images-idx3-ubyte.gz',
  'train-labels-idx1-ubyte.gz',
  't10k-images-idx3-ubyte.gz',
  't10k-labels-idx1-ubyte.gz',
]

/** Writes an IDX file of bytes, as gzip. */
function writeIdx(name: string, shape: readonly number[], values: Uint8Array): string {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length))
  header.setUint32(0, 0x0800 + shape.length)
  shape.forEach((extent, axis) => {
    header.setUint32(4 + 4 * axis, extent)
  })
  const file = join(folder, name)
  writeFileSync(file, gzipSync(Buffer.concat([Buffer.from(header.buffer), values])))
  return file
}

/** Pictures that a network can tell apart: class c is a bright bar in row 2c + 4. */
function writeBars(part: string, count: number): void {
  const images = new Uint8Array(count * 784)
  const labels = Uint8Array.from({ length: count }, (_, n) => n % 10)
  labels.forEach((label, n) => {
    const row = n * 784 + (2 * label + 4) * 28
    images.fill(250, row + 4, row + 24)
  })
  writeIdx(`${part}-images-idx3-ubyte.gz`, [count, 28, 28], images)
  writeIdx(`${part}-labels-idx1-ubyte.gz`, [count], labels)
}

test('the fashion job learns from the four files of a folder', () => {
  writeBars('train', 600)
  writeBars('t10k', 50)
  const { stdout, stderr } = run('fashion', '--data', folder, '--epochs', '1')
  expect(stderr).toBe('')
  expect(stdout).toContain('600 pictures to learn from, 50 to be tested on')
  expect(stdout).toContain('Conv2d 16 → 32, 3×3, padding 1')
  const [, accuracy] = stdout.match(/\ntest accuracy (\d+\.\d\d) %/) ?? []
  expect(Number(accuracy)).toBeGreaterThan(80)
  expect(stdout).toMatch(/(T-shirt|Trousers|Pullover|Dress|Coat), \d+ % sure/)
}, 120_000)

test('without the files the fashion job says how to get them, and learns digits', () => {
  const flags = [
    '--data',
    '/nowhere',
    '--epochs',
    '1',
    '--train',
    '640',
    '--test',
    '50',
  ]
  const { stdout, status } = run('fashion', ...flags)
  expect(stdout).toContain(
    'There is no Fashion-MNIST in /nowhere, so this run learns digits',
  )
  expect(stdout).toContain('apt install dataset-fashion-mnist')
  expect(stdout).toContain('https://github.com/zalandoresearch/fashion-mnist')
  for (const file of files) expect(stdout).toContain(file)
  expect(stdout).toContain('640 pictures to learn from, 50 to be tested on')
  expect(stdout).toMatch(/\ntest accuracy \d+\.\d\d %/)
  expect(status).toBe(0)
}, 120_000)

test('a wrong flag of the fashion job gets a clear error', () => {
  const { stderr, status } = run('fashion', '--epochs', 'two')
  expect(stderr).toContain('fashion: --epochs two must be a whole number, 1 or more')
  expect(stderr).toContain('--data FOLDER')
  expect(status).toBe(1)
})

test('a folder with a part of the files ends the fashion job, naming what is missing', () => {
  for (const there of files) {
    const part = mkdtempSync(join(folder, 'part-'))
    writeFileSync(join(part, there), gzipSync(Buffer.alloc(4, 0)))
    const missing = files.filter((file) => file !== there).join(', ')
    const { stdout, stderr, status } = run('fashion', '--data', part)
    expect(stderr).toBe(
      `fashion: ${part} holds some of the four files, but lacks ${missing}\n`,
    )
    expect(stdout).toBe('')
    expect(status).toBe(1)
  }
}, 60_000)

test('what is in the files, or given as the folder, may end the fashion job', () => {
  const other = mkdtempSync(join(folder, 'other-'))
  for (const file of files) writeFileSync(join(other, file), gzipSync('not IDX'))
  const broken = run('fashion', '--data', other)
  expect(broken.stderr).toMatch(
    /^fashion: .*images-idx3-ubyte.gz is no IDX file of bytes/,
  )
  const file = join(other, files[0])
  const { stderr, status } = run('fashion', '--data', file)
  expect(stderr).toBe(
    `fashion: --data ${file} is a file: name the folder that the four files are in\n`,
  )
  expect(status).toBe(1)
}, 60_000)

test('a label beyond the ten kinds ends the fashion job, naming the file', () => {
  const wrong = mkdtempSync(join(folder, 'wrong-'))
  const from = (name: string) => join(basename(wrong), name)
  for (const part of ['train', 't10k']) {
    const pixels = new Uint8Array(2 * 784)
    writeIdx(from(`${part}-images-idx3-ubyte.gz`), [2, 28, 28], pixels)
    writeIdx(from(`${part}-labels-idx1-ubyte.gz`), [2], Uint8Array.of(9, 0))
  }
  const file = writeIdx(from(files[3]), [2], Uint8Array.of(9, 10))
  const { stderr, status } = run('fashion', '--data', wrong)
  expect(stderr).toBe(`fashion: ${file} has a label 10: labels go from 0 to 9\n`)
  expect(status).toBe(1)
}, 60_000)

test('an IDX file gives its shape and its bytes', () => {
  const file = writeIdx('good.gz', [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6))
  expect(readIdx(file).shape).toEqual([2, 3])
  expect([...readIdx(file).values]).toEqual([1, 2, 3, 4, 5, 6])
})

test('what is no whole IDX file is refused by name', () => {
  const short = writeIdx('short.gz', [2, 3], Uint8Array.of(1, 2, 3))
  expect(() => readIdx(short)).toThrow(
    `${short} has 3 bytes of elements, but its header says [2, 3], which is 6`,
  )
  const other = join(folder, 'other.gz')
  writeFileSync(other, gzipSync('not an IDX file'))
  expect(() => readIdx(other)).toThrow(`${other} is no IDX file of bytes`)
  const plain = join(folder, 'plain.gz')
  writeFileSync(plain, 'no gzip')
  expect(() => readIdx(plain)).toThrow(
    `${plain} cannot be read: incorrect header check`,
  )
  expect(() => readIdx('/nowhere.gz')).toThrow('/nowhere.gz cannot be read: ENOENT')
})

test('classic kernels make pictures: edges are dark where nothing changes', () => {
  const target = join(folder, 'pictures')
  expect(run('kernels', target).stdout).toContain('edges are in')
  const names = ['blur.png', 'edges.png', 'emboss.png', 'original.png', 'sharpen.png']
  expect(readdirSync(target)).toEqual(names)
  const grey = (name: string) => decode(readFileSync(join(target, name))).data
  const at = (name: string, y: number, x: number) => grey(name)[y * 256 + x]
  expect(grey('edges.png').length).toBe(256 * 256)
  expect(at('original.png', 64, 179)).toBe(255)
  expect(at('edges.png', 64, 179)).toBe(0)
  expect(Math.max(...grey('edges.png').slice(64 * 256, 65 * 256))).toBe(255)
})

test('the filters of a trained network and what they see make one picture', () => {
  const file = join(folder, 'features.png')
  const { stdout } = run('features', file)
  expect(stdout).toContain('the filters above')
  expect(stdout).toContain('0 is mid grey in a filter, and black below')
  const { width, height, data } = decode(readFileSync(file))
  expect([width, height]).toEqual([9 * 60, 6 * 60])
  expect(new Set(data).size).toBeGreaterThan(100)

  /** All greys inside the frame of a tile. */
  const tile = (row: number, column: number) =>
    Array.from({ length: 56 * 56 }, (_, n) => {
      const [y, x] = [row * 60 + 2 + Math.floor(n / 56), column * 60 + 2 + (n % 56)]
      return data[y * width + x]
    })
  for (let column = 1; column < 9; column++) {
    const farthest = Math.max(...tile(0, column).map((grey) => Math.abs(grey - 127.5)))
    expect(farthest).toBe(127.5)
    const brightest = [1, 2, 3, 4, 5].map((row) => Math.max(...tile(row, column)))
    expect(Math.max(...brightest)).toBe(255)
    expect(Math.min(...brightest)).toBeLessThan(255)
  }
}, 120_000)

test('a picture that cannot be written ends its job at once, by one line', () => {
  const file = join(folder, 'plain.gz')
  writeFileSync(file, '')
  const nowhere = join(folder, 'nowhere')
  const cases = [
    ['features', `${nowhere}/x.png`, `cannot write into ${nowhere}: ENOENT`],
    ['features', `${file}/x.png`, `cannot write into ${file}: ENOTDIR`],
    ['features', folder, `${folder} is a folder: name a file to write to`],
    ['kernels', file, `cannot make ${file}: EEXIST`],
    ['kernels', `${file}/pictures`, `cannot make ${file}/pictures: ENOTDIR`],
  ]
  for (const [job, target, text] of cases) {
    const { stdout, stderr, status } = run(job, target)
    expect(stderr).toMatch(`${job}: ${text}`)
    expect(stderr.trim()).not.toContain('\n')
    expect([stdout, status]).toEqual(['', 1])
  }
}, 60_000)
