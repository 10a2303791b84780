import { elements, type Kernels, sizeOf, type UnaryOp } from '@deepdive/tensor'
import type { Exports } from './binary.ts'
import { blockSize, forEachBlock, placeRows } from './block.ts'
import type { Simd } from './instance.ts'
import { tooFew } from './too-few.ts'

type Unary = Kernels['unary']

/** Computes `count` numbers from one address to another. */
type Compute = (x: number, count: number, out: number) => void

/** What a plain loop does in a few instructions, so that copying costs as much. */
const short = ({ neg, abs, floor, ceil, trunc, reciprocal, sqrt, relu }: Exports) => ({
  neg,
  abs,
  floor,
  ceil,
  trunc,
  reciprocal,
  sqrt,
  relu,
})

/** What takes a plain loop many. */
const long = ({ round, rsqrt, exp, expm1, log, log1p, ...rest }: Exports) => ({
  round,
  rsqrt,
  exp,
  expm1,
  log,
  log1p,
  sin: rest.sin,
  cos: rest.cos,
  tanh: rest.tanh,
  sigmoid: rest.sigmoid,
  erf: rest.erf,
})

/** Functions of one number, of four at a time. */
export function fastUnary({ wasm, scratch }: Simd, plain: Unary): Unary {
  const shorts: Partial<Record<UnaryOp, Compute>> = short(wasm)
  const longs: Partial<Record<UnaryOp, Compute>> = long(wasm)
  return (op, x, out) => {
    const compute = longs[op] ?? shorts[op]
    const least = longs[op] ? tooFew.longFunction : tooFew.shortFunction
    const repeats = x.strides.includes(0)
    if (!compute || repeats || x.dtype !== 'float32' || sizeOf(out.shape) < least)
      return plain(op, x, out)
    const [from, to] = scratch.room(4 * blockSize + 16, 4 * blockSize + 16)
    const done = forEachBlock([x, out], blockSize, (block) => {
      const count = block.rows * block.columns
      placeRows(scratch, x, block, 0, from)
      compute(from, count, to)
      scratch.read(to, count, elements(out), block.at[1])
    })
    if (!done) plain(op, x, out)
  }
}
