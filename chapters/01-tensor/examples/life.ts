// Conway's Game of Life. Optional number: how many generations.
import { setTimeout } from 'node:timers/promises'
import { cat, Generator, type NDArray, rand } from '@deepdive/tensor'

const generations = Number(process.argv[2] ?? 200)
if (!Number.isInteger(generations) || generations < 0) {
  console.error('life: the number of generations must be whole and ≥ 0')
  process.exit(1)
}
const { isTTY } = process.stdout
const columns = isTTY ? (process.stdout.columns || 80) - 1 : 64
const rows = isTTY ? 2 * ((process.stdout.rows || 24) - 2) : 40

/** The last row before the first and the first behind the last: the world is a ring. */
function wrap(board: NDArray, dim: number): NDArray {
  return cat([board.slice(dim, -1), board, board.slice(dim, 0, 1)], dim)
}

/**
 * All 3 × 3 windows are a view, `[rows, columns, 3, 3]`. A cell lives on where its window
 * holds three; where it holds four, the cell itself included, nothing changes.
 */
function next(board: NDArray): NDArray {
  const windows = wrap(wrap(board, 0), 1).unfold(0, 3, 1).unfold(1, 3, 1)
  const alive = windows.sum([2, 3])
  return alive.eq(3).logicalOr(alive.eq(4).logicalAnd(board))
}

/** A character shows two cells, one above the other. */
function draw(board: NDArray): string {
  const pair = board.slice(0, 0, null, 2).add(board.slice(0, 1, null, 2).mul(2))
  const line = (row: NDArray) =>
    Array.from(row.toTypedArray(), (n) => ' ▀▄█'[n]).join('')
  return pair.split(1).map(line).join('\n')
}

let board = rand([rows, columns], { generator: new Generator(7) }).lt(0.25)
if (isTTY) process.stdout.write('\x1b[2J\x1b[?25l')
process.on('exit', () => isTTY && process.stdout.write('\x1b[?25h'))
process.on('SIGINT', () => process.exit(130))

for (let generation = 0; generation < generations; generation++) {
  if (isTTY) {
    process.stdout.write(`\x1b[H${draw(board)}\n`)
    await setTimeout(60)
  }
  board = next(board)
}
if (isTTY) process.stdout.write('\x1b[H')
console.log(draw(board))
console.log(`generation ${generations}, ${board.sum().item()} alive`)
