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

const operations = ({ add, sub, mul, div, maximum, minimum, ...rest }: Exports) => ({
  ...{ add, sub, mul, div, maximum, minimum },
  eq: rest.eq,
  ne: rest.ne,
  lt: rest.lt,
  le: rest.le,
  gt: rest.gt,
  ge: rest.ge,
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
    const floats = a.dtype === 'float32' && b.dtype === 'float32'
    const fits = floats && sizeOf(out.shape) >= tooFew.arithmetic
    const power = fits && op === 'pow' ? onlyNumber(b) : 0
    const compute = power === 2 ? wasm.mul : known[op]
    const second = power === 2 ? a : b
    if (!fits || !compute || !byPairs(scratch, compute, a, second, out))
      plain(op, a, b, out)
  }
}

/** The number that all of a view is, if it is one number stretched. */
function onlyNumber(view: View): number | null {
  const isOne = view.strides.every((stride, n) => stride === 0 || view.shape[n] === 1)
  return isOne ? elements(view)[view.offset] : null
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
