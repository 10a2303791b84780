import { elements, type View } from '@deepdive/tensor'
import type { Exports } from './binary.ts'
import { type Block, blockSize, forEachBlock, placeRows } from './block.ts'
import type { Simd } from './instance.ts'

/** Names of functions that compute so many numbers from one address to another. */
export type MapName = {
  [Name in keyof Exports]: Exports[Name] extends (
    x: number,
    count: number,
    out: number,
  ) => void
    ? Name
    : never
}[keyof Exports]

/** So many times more than one thread computes at once is worth telling another. */
const forThreads = 4

/** The most blocks that are in memory at a time. */
const mostBlocks = 32

/**
 * out = f(x), block by block. Blocks are computed at once, or, by other threads, while
 * more of them come. False, and nothing done, where views do not lie in rows.
 */
export function map(simd: Simd, name: MapName, x: View, out: View): boolean {
  const { scratch, threads } = simd
  const [most, slots] =
    threads === 1
      ? [blockSize, 1]
      : [forThreads * blockSize, Math.min(8 * threads, mostBlocks)]
  // The last vector of a block may reach beyond it.
  const size = 4 * most + 16
  const [from, to] = scratch.room(slots * size, slots * size)
  let waiting: Block[] = []
  const finish = () => {
    simd.finish()
    waiting.forEach((block, n) => {
      scratch.read(to + n * size, countOf(block), elements(out), block.at[1])
    })
    waiting = []
  }
  const inRows = forEachBlock([x, out], most, (block) => {
    if (waiting.length === slots) finish()
    const place = waiting.length * size
    placeRows(scratch, x, block, 0, from + place)
    simd.call(name, from + place, countOf(block), to + place)
    waiting.push(block)
  })
  finish()
  return inRows
}

function countOf({ rows, columns }: Block): number {
  return rows * columns
}
