import { type BinaryOp, type DType, promoteTypes, type UnaryOp } from '@deepdive/tensor'
import fc from 'fast-check'
import { binaryResult, unaryResult } from '../../../../01-tensor/src/result.ts'
import type { Call, Calls } from '../call.ts'
import type { Nearness } from '../near.ts'
import {
  anyNumbers,
  between,
  divisors,
  exactNumbers,
  exponents,
  type Numbers,
} from '../numbers.ts'
import { anyShape, rowsOf, viewOf } from '../views.ts'

export const dtypes: readonly DType[] = ['float32', 'int32', 'bool']
const anyType = fc.constantFrom(...dtypes)

function unary(op: UnaryOp, numbers: Numbers = anyNumbers): fc.Arbitrary<Call> {
  const types = dtypes.filter((dtype) => op !== 'neg' || dtype !== 'bool')
  return fc
    .tuple(anyShape, fc.constantFrom('float32' as const, ...types))
    .chain(([shape, dtype]) =>
      viewOf(shape, dtype, numbers).map(
        (x): Call => ({
          given: [x],
          results: [rowsOf(shape, unaryResult(op, dtype))],
          run: (kernels, [x], [out]) => kernels.unary(op, x, out),
          nearness: smooth.includes(op) ? 'rounded' : 'same',
        }),
      ),
    )
}

const smooth: readonly UnaryOp[] = [
  'reciprocal',
  'sqrt',
  'rsqrt',
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'erf',
]

/** What an operation of two arrays is tried on. */
interface Pairs {
  readonly nearness?: Nearness
  readonly numbers?: Numbers
  readonly divisors?: Numbers
}

function binary(
  op: BinaryOp,
  { nearness = 'same', numbers = anyNumbers, divisors = numbers }: Pairs = {},
): fc.Arbitrary<Call> {
  const types = fc.tuple(anyType, anyType).filter(([a, b]) => isDefined(op, a, b))
  return fc.tuple(anyShape, types, fc.boolean()).chain(([shape, [a, b], inPlace]) => {
    const { kernel, dtype } = binaryResult(op, a, b)
    const overwrites = inPlace && a === dtype
    const meet = a !== b && [a, b].includes('float32') ? heldByFloats : same
    return fc
      .tuple(
        viewOf(shape, a, meet(numbers), !overwrites),
        viewOf(shape, b, meet(divisors)),
      )
      .map(
        ([a, b]): Call => ({
          given: [a, b],
          results: overwrites ? [] : [rowsOf(shape, dtype)],
          run: (kernels, [a, b], [out = a]) => kernels.binary(kernel, a, b, out),
          nearness,
        }),
      )
  })
}

const same = (numbers: Numbers) => numbers

/** Whole numbers that are to meet fractions: a device may take them for float32 first. */
function heldByFloats(numbers: Numbers): Numbers {
  return (dtype, word) => {
    const x = numbers(dtype, word)
    return dtype === 'int32' ? Math.fround(x) | 0 : x
  }
}

function isDefined(op: BinaryOp, a: DType, b: DType): boolean {
  try {
    return binaryResult(op, a, b) !== null
  } catch {
    return false
  }
}

const where = fc.tuple(anyShape, anyType, anyType).chain(([shape, a, b]) =>
  fc
    .tuple(
      viewOf(shape, 'bool', anyNumbers),
      viewOf(shape, a, anyNumbers),
      viewOf(shape, b, anyNumbers),
    )
    .map(
      (given): Call => ({
        given,
        results: [rowsOf(shape, promoteTypes(a, b))],
        run: (kernels, [condition, a, b], [out]) => kernels.where(condition, a, b, out),
        nearness: 'same',
      }),
    ),
)

const copy = fc.tuple(anyShape, anyType, anyType).chain(([shape, from, to]) =>
  fc.tuple(viewOf(shape, from, anyNumbers), viewOf(shape, to, anyNumbers, false)).map(
    (given): Call => ({
      given,
      results: [],
      run: (kernels, [x, out]) => kernels.copy(x, out),
      nearness: 'same',
    }),
  ),
)

const fill = fc.tuple(anyShape, anyType, fc.nat()).chain(([shape, dtype, word]) =>
  viewOf(shape, dtype, anyNumbers, false).map(
    (out): Call => ({
      given: [out],
      results: [],
      run: (kernels, [out]) => kernels.fill(anyNumbers(dtype, word), out),
      nearness: 'same',
    }),
  ),
)

/** Near enough to 0 that the remainder of an angle by 2π is still known. */
const angles = between(-100, 100)

/** Each element by itself. */
export const elementwise: Readonly<Record<string, Calls>> = {
  unary: {
    neg: unary('neg'),
    abs: unary('abs'),
    sign: unary('sign'),
    floor: unary('floor'),
    ceil: unary('ceil'),
    round: unary('round'),
    trunc: unary('trunc'),
    reciprocal: unary('reciprocal'),
    sqrt: unary('sqrt'),
    rsqrt: unary('rsqrt'),
    exp: unary('exp'),
    expm1: unary('expm1'),
    log: unary('log'),
    log1p: unary('log1p'),
    sin: unary('sin', angles),
    cos: unary('cos', angles),
    tanh: unary('tanh'),
    sigmoid: unary('sigmoid'),
    erf: unary('erf'),
    relu: unary('relu'),
    isnan: unary('isnan'),
    logicalNot: unary('logicalNot'),
  },
  binary: {
    add: binary('add'),
    sub: binary('sub'),
    mul: binary('mul'),
    div: binary('div', { nearness: 'rounded' }),
    pow: binary('pow', { nearness: 'rounded', divisors: exponents }),
    remainder: binary('remainder', { numbers: exactNumbers, divisors }),
    maximum: binary('maximum'),
    minimum: binary('minimum'),
    eq: binary('eq'),
    ne: binary('ne'),
    lt: binary('lt'),
    le: binary('le'),
    gt: binary('gt'),
    ge: binary('ge'),
    logicalAnd: binary('logicalAnd'),
    logicalOr: binary('logicalOr'),
    logicalXor: binary('logicalXor'),
  },
  where: { 'each of both where it is asked for': where },
  copy: { 'any dtype to any other': copy },
  fill: { 'what lies anyhow': fill },
}
