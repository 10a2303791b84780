import type { ReduceOp, View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { type NumberDType, numberDType } from '../wgsl/element.ts'
import { converted } from './copy.ts'
import { fill } from './fill.ts'
import { totals } from './totals.ts'
import type { Reduction } from './totals-source.ts'

export const sum: Record<NumberDType, Reduction> = {
  float32: { start: '0.0', join: (a, b) => `${a} + ${b}` },
  int32: { start: '0', join: (a, b) => `${a} + ${b}` },
  bool: { start: '0', join: (a, b) => `${a} | ${b}` },
}

const product: Record<NumberDType, Reduction> = {
  float32: { start: '1.0', join: (a, b) => `${a} * ${b}` },
  int32: { start: '1', join: (a, b) => `${a} * ${b}` },
  bool: { start: '1', join: (a, b) => `${a} & ${b}` },
}

const largest: Record<NumberDType, Reduction> = {
  float32: { start: '-infinity()', join: (a, b) => `larger(${a}, ${b})` },
  int32: { start: '-2147483648', join: (a, b) => `max(${a}, ${b})` },
  bool: sum.bool,
}

const smallest: Record<NumberDType, Reduction> = {
  float32: { start: 'infinity()', join: (a, b) => `smaller(${a}, ${b})` },
  int32: { start: '2147483647', join: (a, b) => `min(${a}, ${b})` },
  bool: product.bool,
}

/** Among bools, "any" is the largest, and what a sum is; "all" the smallest. */
const reductions: Record<ReduceOp, Record<NumberDType, Reduction>> = {
  sum,
  prod: product,
  max: largest,
  min: smallest,
  any: sum,
  all: product,
}

/** What no elements reduce to. */
const ofNothing: Record<ReduceOp, number> = {
  sum: 0,
  prod: 1,
  max: -Infinity,
  min: Infinity,
  any: 0,
  all: 1,
}

/** x is [...kept, ...reduced], out is [...kept], whose dtype elements are joined in. */
export function reduce(recorder: Recorder, op: ReduceOp, x: View, out: View): void {
  if (x.shape.slice(out.shape.length).includes(0)) {
    fill(recorder, ofNothing[op], out)
    return
  }
  totals(recorder, {
    operation: op,
    inputs: [x],
    out,
    element: (element) => converted(element, x.dtype, out.dtype),
    reduction: reductions[op][numberDType(out.dtype)],
  })
}
