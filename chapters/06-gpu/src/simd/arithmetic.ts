import { type BinaryOp, elements, type Kernels, sizeOf } from '@deepdive/tensor'
import type { Exports } from './binary.ts'
import { blockSize, forEachBlock, placeRows } from './block.ts'
import type { Simd } from './instance.ts'
import { tooFew } from './too-few.ts'

type Binary = Kernels['binary']

const operations = ({ add, sub, mul, div, maximum, minimum }: Exports) => ({
  add,
  sub,
  mul,
  div,
  maximum,
  minimum,
})

/**
 * Operations on two numbers, on four pairs at a time. An operand may be the same number,
 * or the same row, again and again.
 */
export function fastBinary({ wasm, scratch }: Simd, plain: Binary): Binary {
  const known: Partial<Record<BinaryOp, Exports['add']>> = operations(wasm)
  return (op, a, b, out) => {
    const compute = known[op]
    const floats = [a, b, out].every(({ dtype }) => dtype === 'float32')
    if (!compute || !floats || sizeOf(out.shape) < tooFew.arithmetic)
      return plain(op, a, b, out)
    const room = 4 * blockSize + 16
    const [atA, atB, to] = scratch.room(room, room, room)
    const done = forEachBlock([a, b, out], blockSize, (block) => {
      const { rows, columns, at } = block
      const x = placeRows(scratch, a, block, 0, atA)
      const y = placeRows(scratch, b, block, 1, atB)
      compute(rows, columns, atA, x.row, x.step, atB, y.row, y.step, to)
      scratch.read(to, rows * columns, elements(out), at[2])
    })
    if (!done) plain(op, a, b, out)
  }
}
