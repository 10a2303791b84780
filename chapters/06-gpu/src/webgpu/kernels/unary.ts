import { type DType, isFloatingPoint, type UnaryOp, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { elementwise } from './elementwise.ts'

type Expression = (x: string) => string

/** What stays in a kernel where a number is rounded: whole numbers are round. */
const same: Expression = (x) => x

/** An expression of a float32 for each operation; those of bools are 0 or 1. */
const ofFloats: Record<UnaryOp, Expression> = {
  neg: (x) => `-${x}`,
  abs: (x) => `abs(${x})`,
  sign: (x) => `f32(${x} > 0.0) - f32(${x} < 0.0)`,
  floor: (x) => `floor(${x})`,
  ceil: (x) => `ceil(${x})`,
  round: (x) => `round(${x})`,
  trunc: (x) => `trunc(${x})`,
  reciprocal: (x) => `1.0 / ${x}`,
  sqrt: (x) => `sqrt(${x})`,
  rsqrt: (x) => `inverseSqrt(${x})`,
  exp: (x) => `exponential(${x})`,
  expm1: (x) => `exponentialLessOne(${x})`,
  log: (x) => `logarithm(${x})`,
  log1p: (x) => `logarithmOfOnePlus(${x})`,
  sin: (x) => `sine(${x})`,
  cos: (x) => `cosine(${x})`,
  tanh: (x) => `hyperbolicTangent(${x})`,
  sigmoid: (x) => `logistic(${x})`,
  erf: (x) => `errorFunction(${x})`,
  relu: (x) => `larger(${x}, 0.0)`,
  isnan: (x) => `u32(isNan(${x}))`,
  logicalNot: (x) => `u32(isZero(${x}))`,
}

/** Where an int32, or a bool as a u32, is treated unlike a float32. */
const ofWhole: Partial<Record<UnaryOp, Expression>> = {
  neg: (x) => `-${x}`,
  abs: (x) => `abs(${x})`,
  sign: (x) => `sign(${x})`,
  floor: same,
  ceil: same,
  round: same,
  trunc: same,
  relu: (x) => `max(${x}, 0)`,
  isnan: () => '0u',
  logicalNot: (x) => `u32(${x} == 0)`,
}

const ofBools: Partial<Record<UnaryOp, Expression>> = {
  ...ofWhole,
  abs: same,
  sign: same,
  relu: same,
}

export function unary(recorder: Recorder, op: UnaryOp, x: View, out: View): void {
  const expression = expressionOf(op, x.dtype)
  elementwise(recorder, {
    operation: op,
    inputs: [x],
    outs: [out],
    expressions: (element) => [expression(element)],
  })
}

/** Of float32 numbers, unless the operation has another for whole ones. */
function expressionOf(op: UnaryOp, dtype: DType): Expression {
  if (isFloatingPoint(dtype)) return ofFloats[op]
  const whole = dtype === 'bool' ? ofBools[op] : ofWhole[op]
  return whole ?? ((x) => ofFloats[op](`f32(${x})`))
}

/** out = x ≤ 0 ? 0 : grad; where x is NaN, grad. */
export function reluGradient(recorder: Recorder, grad: View, x: View, out: View): void {
  elementwise(recorder, {
    operation: 'reluGradient',
    inputs: [grad, x],
    outs: [out],
    expressions: (g, element) => [
      `select(${g}, 0.0, ${element} <= 0.0 && !isNan(${element}))`,
    ],
  })
}
