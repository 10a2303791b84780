import type { ArgReduceOp, ReduceOp } from '@deepdive/tensor'
import fc from 'fast-check'
import { reduceResult } from '../../../../01-tensor/src/result.ts'
import type { Call, Calls } from '../call.ts'
import type { Nearness } from '../near.ts'
import { anyNumbers, factors, type Numbers, summands } from '../numbers.ts'
import { anyLanes, anyShape, resultOf, rowsOf, viewOf } from '../views.ts'
import { dtypes } from './elementwise.ts'

const anyType = fc.constantFrom(...dtypes)

function reduce(
  op: ReduceOp,
  numbers: Numbers = anyNumbers,
  nearness: Nearness = 'same',
): fc.Arbitrary<Call> {
  const emptiness = op === 'max' || op === 'min'
  return fc
    .tuple(anyShape, anyType, fc.nat(4))
    .map(([shape, dtype, n]) => ({ shape, dtype, kept: n % (shape.length + 1) }))
    .filter(({ shape, kept }) => !emptiness || !shape.slice(kept).includes(0))
    .chain(({ shape, dtype, kept }) =>
      viewOf(shape, dtype, numbers).map(
        (x): Call => ({
          given: [x],
          results: [rowsOf(shape.slice(0, kept), reduceResult(op, dtype))],
          run: (kernels, [x], [out]) => kernels.reduce(op, x, out),
          nearness,
        }),
      ),
    )
}

function argReduce(op: ArgReduceOp): fc.Arbitrary<Call> {
  return fc
    .tuple(
      anyLanes.filter((shape) => shape.at(-1) !== 0),
      anyType,
    )
    .chain(([shape, dtype]) =>
      viewOf(shape, dtype, anyNumbers).map(
        (x): Call => ({
          given: [x],
          results: [rowsOf(shape.slice(0, -1), 'int32')],
          run: (kernels, [x], [out]) => kernels.argReduce(op, x, out),
          nearness: 'same',
        }),
      ),
    )
}

const cumsum = fc
  .tuple(anyLanes, fc.constantFrom('float32' as const, 'int32' as const))
  .chain(([shape, dtype]) =>
    fc.tuple(viewOf(shape, dtype, summands), resultOf(shape, dtype)),
  )
  .map(
    ([x, out]): Call => ({
      given: [x],
      results: [out],
      run: (kernels, [x], [out]) => kernels.cumsum(x, out),
      nearness: 'equal',
    }),
  )

const argsort = fc
  .tuple(anyLanes, anyType)
  .chain(([shape, dtype]) =>
    fc.tuple(viewOf(shape, dtype, anyNumbers), resultOf(shape, 'int32')),
  )
  .map(
    ([x, out]): Call => ({
      given: [x],
      results: [out],
      run: (kernels, [x], [out]) => kernels.argsort(x, out),
      nearness: 'same',
    }),
  )

/** Many elements to one, and along an axis. */
export const reductions: Readonly<Record<string, Calls>> = {
  reduce: {
    sum: reduce('sum', summands, 'equal'),
    prod: reduce('prod', factors, 'equal'),
    max: reduce('max'),
    min: reduce('min'),
    any: reduce('any'),
    all: reduce('all'),
  },
  argReduce: { argmax: argReduce('argmax'), argmin: argReduce('argmin') },
  cumsum: { 'sums so far': cumsum },
  argsort: { 'the order of any numbers, NaN last': argsort },
}
