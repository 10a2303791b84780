import type { NDArray, Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import type { Call, Calls } from '../call.ts'
import type { Nearness } from '../near.ts'
import { anyNumbers, below, exactNumbers, type Numbers } from '../numbers.ts'
import { anyLanes, resultOf, viewOf } from '../views.ts'
import { dtypes } from './elementwise.ts'

const anyType = fc.constantFrom(...dtypes)

/** Arrays of which the last axis is picked from, and places for any number of picks. */
interface Pick {
  readonly whole: Shape
  readonly picks: Shape
  readonly index: NDArray
}

const anyPick: fc.Arbitrary<Pick> = fc
  .tuple(
    anyLanes.filter((shape) => shape.at(-1) !== 0),
    fc.constantFrom(0, 1, 2, 7, 65),
  )
  .chain(([whole, count]) => {
    const picks = whole.with(-1, count)
    const places = below(whole[whole.length - 1])
    return viewOf(picks, 'int32', places).map((index) => ({ whole, picks, index }))
  })

const gather = fc.tuple(anyPick, anyType).chain(([{ whole, picks, index }, dtype]) =>
  fc.tuple(viewOf(whole, dtype, anyNumbers), resultOf(picks, dtype)).map(
    ([x, out]): Call => ({
      given: [x, index],
      results: [out],
      run: (kernels, [x, index], [out]) => kernels.gather(x, index, out),
      nearness: 'same',
    }),
  ),
)

function scatter(
  kernel: 'scatter' | 'scatterAdd',
  numbers: Numbers,
  nearness: Nearness,
): fc.Arbitrary<Call> {
  return fc.tuple(anyPick, anyType).chain(([{ whole, picks, index }, dtype]) =>
    fc.tuple(viewOf(picks, dtype, numbers), viewOf(whole, dtype, numbers, false)).map(
      ([source, out]): Call => ({
        given: [index, source, out],
        results: [],
        run: (kernels, [index, source, out]) => kernels[kernel](index, source, out),
        nearness,
      }),
    ),
  )
}

/** What is taken from, and put to, places that other arrays name. */
export const picking: Readonly<Record<string, Calls>> = {
  gather: { 'from places in any order, some often': gather },
  scatter: {
    'the last of several for one place': scatter('scatter', anyNumbers, 'same'),
  },
  scatterAdd: {
    'sums of several for one place': scatter('scatterAdd', exactNumbers, 'equal'),
  },
}
