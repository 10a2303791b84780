import { elements, type Kernels, sizeOf, type View } from '@deepdive/tensor'
import { blockSize, forEachBlock, placeRows } from './block.ts'
import type { Simd } from './instance.ts'
import { tooFew } from './too-few.ts'

type Where = Kernels['where']

/** Four numbers at a time of one or the other, as a condition says. */
export function fastWhere({ wasm, scratch }: Simd, plain: Where): Where {
  return (condition, a, b, out) => {
    const wide = [a, b, out].every((view) => fills32Bits(view, out))
    if (!wide || condition.dtype !== 'bool' || sizeOf(out.shape) < tooFew.arithmetic)
      return plain(condition, a, b, out)
    const room = 4 * blockSize + 16
    const [test, atA, atB, to] = scratch.room(blockSize + 16, room, room, room)
    const done = forEachBlock([condition, a, b, out], blockSize, (block) => {
      const { rows, columns, at } = block
      const c = placeRows(scratch, condition, block, 0, test)
      const x = placeRows(scratch, a, block, 1, atA)
      const y = placeRows(scratch, b, block, 2, atB)
      const both = [atA, x.row, x.step, atB, y.row, y.step] as const
      wasm.where(rows, columns, test, c.row, c.step, ...both, to)
      scratch.read(to, rows * columns, elements(out), at[3])
    })
    if (!done) plain(condition, a, b, out)
  }
}

/** Whether it holds what out holds, and that takes 32 bits. */
function fills32Bits({ dtype }: View, out: View): boolean {
  return dtype === out.dtype && dtype !== 'bool'
}
