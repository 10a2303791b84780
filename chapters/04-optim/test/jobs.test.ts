import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const chapter = fileURLToPath(new URL('../', import.meta.url))

function run(name: string, ...flags: string[]) {
  const runner = fileURLToPath(new URL('../../../tools/example.mjs', import.meta.url))
  return spawnSync(process.execPath, [runner, name, ...flags], {
    cwd: chapter,
    encoding: 'utf8',
  })
}

test('a loop of four lines learns "either or"', () => {
  expect(run('xor').stdout).toBe(`tensor([[false],
        [ true],
        [ true],
        [false]])
`)
})

test('the digit job learns, shows what it reads, and gives the same figures each run', () => {
  const figures = () => {
    const { stdout, status } = run('digits', '--epochs', '1', '--batch', '250')
    expect(status).toBe(0)
    return stdout.replace(/[\d.]+ ms a step/, '')
  }
  const first = figures()
  const [, accuracy] = first.match(/\ntest accuracy (\d+\.\d\d) %/) ?? []
  expect(Number(accuracy)).toBeGreaterThan(85)
  expect(first).toMatch(/\d, \d+ % sure +.*\nright +right +right\n/)
  expect(first).toMatch(/\nbut it is \d +but it is \d/)
  expect(figures()).toBe(first)
}, 120_000)

test.each([
  [['--epochs', '0'], 'digits: --epochs 0 must be a whole number, 1 or more'],
  [['--epochs', '2.5'], 'digits: --epochs 2.5 must be a whole number, 1 or more'],
  [['--lr', 'fast'], 'digits: --lr fast must be a number above 0'],
  [['--optimizer', 'sdg'], 'digits: --optimizer sdg is none of adam, adamw, sgd'],
  [['--layers', '3'], "digits: Unknown option '--layers'"],
])('the digit job refuses %s', (flags, message) => {
  const { stderr, stdout, status } = run('digits', ...flags)
  expect(stderr).toContain(message)
  expect(stderr).toContain('--optimizer NAME')
  expect(stdout).toBe('')
  expect(status).toBe(1)
})

test('a learning rate that makes the loss infinite ends the digit job', () => {
  const { stderr, status } = run(
    'digits',
    '--lr',
    '1e30',
    '--epochs',
    '1',
    '--batch',
    '500',
  )
  expect(stderr).toMatch(
    /digits: the loss is (NaN|Infinity): use a lower --lr than 1e\+30/,
  )
  expect(status).toBe(1)
}, 60_000)
