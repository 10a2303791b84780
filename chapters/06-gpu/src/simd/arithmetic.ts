import '@deepdive/autograd'
import {
  type BinaryOp,
  elements,
  forEachRun,
  type Kernels,
  sizeOf,
  type View,
} from '@deepdive/tensor'
import type { Exports } from './binary.ts'
import { blockSize, forEachBlock, placeRows } from './block.ts'
import type { Simd } from './instance.ts'
import type { Scratch } from './scratch.ts'
import { tooFew } from './too-few.ts'

type Binary = Kernels['binary']
type ReluGradient = NonNullable<Kernels['reluGradient']>

const operations = ({ add, sub, mul, div, maximum, minimum }: Exports) => ({
  add,
  sub,
  mul,
  div,
  maximum,
  minimum,
})

/**
 * Computes pairs of numbers that lie in rows; false, and nothing done, where they do
 * not. An operand may be the same number, or the same row, again and again.
 */
function byPairs(
  scratch: Scratch,
  compute: Exports['add'],
  a: View,
  b: View,
  out: View,
): boolean {
  const room = 4 * blockSize + 16
  const [atA, atB, to] = scratch.room(room, room, room)
  return forEachBlock([a, b, out], blockSize, (block) => {
    const { rows, columns, at } = block
    const x = placeRows(scratch, a, block, 0, atA)
    const y = placeRows(scratch, b, block, 1, atB)
    compute(rows, columns, atA, x.row, x.step, atB, y.row, y.step, to)
    scratch.read(to, rows * columns, elements(out), at[2])
  })
}

/** Operations on two numbers, on four pairs at a time. */
export function fastBinary({ wasm, scratch }: Simd, plain: Binary): Binary {
  const known: Partial<Record<BinaryOp, Exports['add']>> = operations(wasm)
  return (op, a, b, out) => {
    const compute = known[op]
    const floats = [a, b, out].every(({ dtype }) => dtype === 'float32')
    const fits = compute && floats && sizeOf(out.shape) >= tooFew.arithmetic
    if (!fits || !byPairs(scratch, compute, a, b, out)) plain(op, a, b, out)
  }
}

/** The gradient that passes a relu; where numbers do not lie in rows, a plain loop. */
export function fastReluGradient({ wasm, scratch }: Simd): ReluGradient {
  return (grad, x, out) => {
    const many = sizeOf(out.shape) >= tooFew.arithmetic
    if (many && byPairs(scratch, wasm.reluGradient, grad, x, out)) return
    const [from, at, to] = [grad, x, out].map(elements)
    forEachRun([grad, x, out], (length, [i, j, k], [di, dj, dk]) => {
      for (; length > 0; length--, i += di, j += dj, k += dk) {
        to[k] = at[j] <= 0 ? 0 : from[i]
      }
    })
  }
}
