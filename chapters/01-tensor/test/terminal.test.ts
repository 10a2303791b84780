import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** Runs an example as `pnpm example …` does, its output going to no terminal. */
function run(...args: string[]) {
  const runner = fileURLToPath(new URL('../../../tools/example.mjs', import.meta.url))
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const options = {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '' },
  } as const
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [runner, ...args],
    options,
  )
  return { stdout, stderr, status, lines: stdout.trimEnd().split('\n') }
}

describe('the Mandelbrot set', () => {
  const { lines, status } = run('mandelbrot')

  test('is drawn in plain characters where there is no terminal', () => {
    expect(status).toBe(0)
    expect(lines.length).toBe(32)
    for (const line of lines) expect(line).toMatch(/^[ .:\-=+*%@#]{80}$/)
  })

  test('is symmetric about the real axis', () => {
    expect(lines.toReversed()).toEqual(lines)
  })

  test('holds the points that never leave, and not those that leave at once', () => {
    const at = (re: number, im: number) => {
      const column = Math.round(((re + 0.65 + 1.6) / 3.2) * 79)
      return lines[Math.round(((1.25 - im) / 2.5) * 31)][column]
    }
    for (const [re, im] of [
      [0, 0.05],
      [-1.15, 0.05],
      [-0.1, 0.7],
      [0.2, 0.2],
    ]) {
      expect(at(re, im)).toBe('#')
    }
    for (const [re, im] of [
      [0.9, 1],
      [0.8, 0],
      [-2.2, 0.5],
    ]) {
      expect(at(re, im)).not.toBe('#')
    }
  })

  test('refuses what is no number', () => {
    const { status, stderr } = run('mandelbrot', 'here')
    expect(status).toBe(1)
    expect(stderr).toContain(
      'mandelbrot: give numbers: real part, imaginary part, zoom > 0',
    )
  })
})

/** Which cells a frame shows: a character is two cells, one above the other. */
function cellsOf(frame: readonly string[]): boolean[][] {
  return frame.flatMap((line) => [
    Array.from(line, (character) => '▀█'.includes(character)),
    Array.from(line, (character) => '▄█'.includes(character)),
  ])
}

/** Conway's rules, cell by cell, on a board whose edges meet. */
function naiveNext(board: readonly boolean[][]): boolean[][] {
  const [rows, columns] = [board.length, board[0].length]
  return board.map((line, i) =>
    line.map((alive, j) => {
      let neighbours = 0
      for (const di of [-1, 0, 1])
        for (const dj of [-1, 0, 1]) {
          const other = board[(i + di + rows) % rows][(j + dj + columns) % columns]
          if ((di !== 0 || dj !== 0) && other) neighbours++
        }
      return neighbours === 3 || (alive && neighbours === 2)
    }),
  )
}

describe('the Game of Life', () => {
  test('follows the rules of Conway, cell by cell', () => {
    const first = run('life', '0')
    const last = run('life', '12')
    let board = cellsOf(first.lines.slice(0, -1))
    expect([board.length, board[0].length]).toEqual([40, 64])
    for (let generation = 0; generation < 12; generation++) board = naiveNext(board)
    expect(cellsOf(last.lines.slice(0, -1))).toEqual(board)
    const alive = board.flat().filter(Boolean).length
    expect(last.lines.at(-1)).toBe(`generation 12, ${alive} alive`)
  })

  test('writes no control characters where there is no terminal', () => {
    expect(run('life', '1').stdout).not.toContain('\x1b')
  })

  test('refuses half a generation', () => {
    const { status, stderr } = run('life', '0.5')
    expect(status).toBe(1)
    expect(stderr).toContain('life: the number of generations must be whole and ≥ 0')
  })
})

describe('the examples', () => {
  const list = [
    'The examples are:',
    "  life          Conway's Game of Life. Optional number: how many generations.",
    '  mandelbrot    The Mandelbrot set. Optional numbers: real part, imaginary part, zoom.',
  ]

  test('are listed where none is named', () => {
    const { status, lines } = run()
    expect(status).toBe(0)
    expect(lines).toEqual(list)
  })

  test('are listed where an unknown one is named, which is an error', () => {
    const { status, lines, stderr } = run('../src/index')
    expect(status).toBe(1)
    expect(lines).toEqual(list)
    expect(stderr).toBe('There is no example ../src/index.\n')
  })
})
