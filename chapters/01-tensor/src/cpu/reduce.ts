import type { View } from '../device.ts'
import type { TypedArray } from '../dtype.ts'
import type { ArgReduceOp, ReduceOp } from '../kernels.ts'
import { elements, forEachLane, forEachRun } from './walk.ts'

/** Takes a run of n elements of x into the totals at k, k + dk, …; dk may be 0. */
type Loop = (
  n: number,
  x: TypedArray,
  i: number,
  di: number,
  totals: Float64Array,
  k: number,
  dk: number,
) => void

const loops: Record<ReduceOp, Loop> = {
  sum: (n, x, i, di, totals, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) totals[k] += x[i]
  },
  prod: (n, x, i, di, totals, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) totals[k] *= x[i]
  },
  max: (n, x, i, di, totals, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) totals[k] = Math.max(totals[k], x[i])
  },
  min: (n, x, i, di, totals, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) totals[k] = Math.min(totals[k], x[i])
  },
  any: (n, x, i, di, totals, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) if (x[i] !== 0) totals[k] = 1
  },
  all: (n, x, i, di, totals, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) if (x[i] === 0) totals[k] = 0
  },
}

/** Whole numbers wrap around at 2³¹; a float64 would lose their last digits at 2⁵³. */
const wholeProduct: Loop = (n, x, i, di, totals, k, dk) => {
  for (; n > 0; n--, i += di, k += dk) totals[k] = Math.imul(totals[k], x[i])
}

/** What no elements reduce to, and where a total starts. */
const start: Record<ReduceOp, number> = {
  sum: 0,
  prod: 1,
  max: -Infinity,
  min: Infinity,
  any: 0,
  all: 1,
}

/**
 * A reduction is an elementwise walk in which many elements meet one total: the
 * totals stretch to the shape of x with stride 0 along the reduced axes. They are
 * float64, so that a sum of a million float32 numbers stays as exact as its input.
 */
export function reduce(op: ReduceOp, x: View, out: View): void {
  const to = elements(out)
  const totals = new Float64Array(to.length).fill(start[op])
  const reduced = x.shape.length - out.shape.length
  const strides = [...out.strides, ...new Array<number>(reduced).fill(0)]
  const stretched = { ...viewOf(out), shape: x.shape, strides }
  const from = elements(x)
  const loop = op === 'prod' && out.dtype === 'int32' ? wholeProduct : loops[op]
  forEachRun([x, stretched], (n, at, step) => {
    loop(n, from, at[0], step[0], totals, at[1], step[1])
  })
  for (let k = 0; k < totals.length; k++) to[k] = totals[k]
}

export function argReduce(op: ArgReduceOp, x: View, out: View): void {
  const from = elements(x)
  const to = elements(out)
  const length = x.shape[x.shape.length - 1]
  const step = x.strides[x.strides.length - 1]
  const sign = op === 'argmax' ? 1 : -1
  const column = {
    ...viewOf(out),
    shape: [...out.shape, 1],
    strides: [...out.strides, 1],
  }
  forEachLane([x, column], ([i, k]) => {
    let best = 0
    for (let n = 1; n < length; n++) {
      const peak = from[i + best * step]
      const value = from[i + n * step]
      if (sign * value > sign * peak || (Number.isNaN(value) && !Number.isNaN(peak)))
        best = n
    }
    to[k] = best
  })
}

function viewOf({ storage, dtype, shape, strides, offset }: View): View {
  return { storage, dtype, shape, strides, offset }
}
