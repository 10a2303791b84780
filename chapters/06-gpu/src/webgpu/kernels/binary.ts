import { type BinaryOp, promoteTypes, type View } from '@deepdive/tensor'
import { faultBinding } from '../faults.ts'
import type { Recorder } from '../recorder.ts'
import { numberDType } from '../wgsl/element.ts'
import { converted } from './copy.ts'
import { elementwise } from './elementwise.ts'

type Expression = (a: string, b: string) => string

const onFloats: Record<BinaryOp, Expression> = {
  add: (a, b) => `${a} + ${b}`,
  sub: (a, b) => `${a} - ${b}`,
  mul: (a, b) => `${a} * ${b}`,
  div: (a, b) => `${a} / ${b}`,
  pow: (a, b) => `power(${a}, ${b})`,
  remainder: (a, b) => `remainder(${a}, ${b})`,
  maximum: (a, b) => `larger(${a}, ${b})`,
  minimum: (a, b) => `smaller(${a}, ${b})`,
  eq: (a, b) => `u32(${a} == ${b} && !isNan(${a}) && !isNan(${b}))`,
  ne: (a, b) => `u32(${a} != ${b} || isNan(${a}) || isNan(${b}))`,
  lt: (a, b) => `u32(${a} < ${b} && !isNan(${a}) && !isNan(${b}))`,
  le: (a, b) => `u32(${a} <= ${b} && !isNan(${a}) && !isNan(${b}))`,
  gt: (a, b) => `u32(${a} > ${b} && !isNan(${a}) && !isNan(${b}))`,
  ge: (a, b) => `u32(${a} >= ${b} && !isNan(${a}) && !isNan(${b}))`,
  logicalAnd: (a, b) => `u32(!isZero(${a}) && !isZero(${b}))`,
  logicalOr: (a, b) => `u32(!isZero(${a}) || !isZero(${b}))`,
  logicalXor: (a, b) => `u32(isZero(${a}) != isZero(${b}))`,
}

/** Whole numbers wrap around at 2³¹ by themselves, and none of them is NaN. */
const onWhole: Record<Exclude<BinaryOp, 'div'>, Expression> = {
  add: onFloats.add,
  sub: onFloats.sub,
  mul: onFloats.mul,
  pow: (a, b) => `wholePower(${a}, ${b})`,
  remainder: (a, b) => `wholeRemainder(${a}, ${b})`,
  maximum: (a, b) => `max(${a}, ${b})`,
  minimum: (a, b) => `min(${a}, ${b})`,
  eq: (a, b) => `u32(${a} == ${b})`,
  ne: (a, b) => `u32(${a} != ${b})`,
  lt: (a, b) => `u32(${a} < ${b})`,
  le: (a, b) => `u32(${a} <= ${b})`,
  gt: (a, b) => `u32(${a} > ${b})`,
  ge: (a, b) => `u32(${a} >= ${b})`,
  logicalAnd: (a, b) => `u32(${a} != 0 && ${b} != 0)`,
  logicalOr: (a, b) => `u32(${a} != 0 || ${b} != 0)`,
  logicalXor: (a, b) => `u32((${a} != 0) != (${b} != 0))`,
}

export function binary(
  recorder: Recorder,
  op: BinaryOp,
  a: View,
  b: View,
  out: View,
): void {
  const dtype = op === 'div' ? 'float32' : numberDType(promoteTypes(a.dtype, b.dtype))
  const compute = dtype === 'float32' || op === 'div' ? onFloats[op] : onWhole[op]
  const mayFail = dtype === 'int32' && (op === 'pow' || op === 'remainder')
  elementwise(recorder, {
    operation: op,
    inputs: [a, b],
    outs: [out],
    expressions: (x, y) => [
      compute(converted(x, a.dtype, dtype), converted(y, b.dtype, dtype)),
    ],
    extra: mayFail ? [{ binding: faultBinding, use: recorder.faults.use() }] : [],
  })
}
