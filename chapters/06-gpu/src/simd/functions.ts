import { type Kernels, sizeOf, type UnaryOp } from '@deepdive/tensor'
import { onThreads } from '../threads/num-threads.ts'
import type { Simd } from './instance.ts'
import { type MapName, map } from './map.ts'
import { tooFew } from './too-few.ts'

type Unary = Kernels['unary']
type Fast = Extract<UnaryOp, MapName>

/** What a plain loop does in a few instructions, so that copying costs as much. */
const short: readonly Fast[] = [
  ...(['neg', 'abs', 'floor', 'ceil', 'trunc'] as const),
  ...(['reciprocal', 'sqrt', 'relu'] as const),
]

/** What takes a plain loop many. */
const long: readonly Fast[] = [
  ...(['round', 'rsqrt', 'exp', 'expm1', 'log', 'log1p'] as const),
  ...(['sin', 'cos', 'tanh', 'sigmoid', 'erf'] as const),
]

/** Functions of one number, of four at a time. */
export function fastUnary(simd: Simd, plain: Unary): Unary {
  return (op, x, out) => {
    const longName = long.find((name) => name === op)
    const name = longName ?? short.find((name) => name === op)
    const count = sizeOf(out.shape)
    const least = longName ? tooFew.longFunction : tooFew.shortFunction
    const repeats = x.strides.includes(0)
    if (!name || repeats || x.dtype !== 'float32' || count < least)
      return plain(op, x, out)
    const compute = (simd: Simd) => {
      if (!map(simd, name, x, out)) plain(op, x, out)
    }
    if (longName && count >= tooFew.functionOnThreads) onThreads(simd, compute)
    else compute(simd)
  }
}
