import type { View } from '../device.ts'
import type { TypedArray } from '../dtype.ts'
import { ValueError } from '../errors.ts'
import type { BinaryOp } from '../kernels.ts'
import { elements, forEachRun } from './walk.ts'

/** Computes a run of n pairs: from a at i, i + di, … and b at j, j + dj, … to out. */
type Loop = (
  n: number,
  a: TypedArray,
  i: number,
  di: number,
  b: TypedArray,
  j: number,
  dj: number,
  out: TypedArray,
  k: number,
  dk: number,
) => void

/** A loop for each operation, as in unary.ts. A scalar operand has a step of 0. */
const loops: Record<BinaryOp, Loop> = {
  add: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = a[i] + b[j]
  },
  sub: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = a[i] - b[j]
  },
  mul: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = a[i] * b[j]
  },
  div: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = a[i] / b[j]
  },
  pow: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = power(a[i], b[j])
  },
  remainder: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = remainder(a[i], b[j])
  },
  maximum: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Math.max(a[i], b[j])
  },
  minimum: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Math.min(a[i], b[j])
  },
  eq: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Number(a[i] === b[j])
  },
  ne: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Number(a[i] !== b[j])
  },
  lt: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Number(a[i] < b[j])
  },
  le: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Number(a[i] <= b[j])
  },
  gt: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Number(a[i] > b[j])
  },
  ge: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Number(a[i] >= b[j])
  },
  logicalAnd: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk)
      out[k] = a[i] !== 0 && b[j] !== 0 ? 1 : 0
  },
  logicalOr: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk)
      out[k] = a[i] !== 0 || b[j] !== 0 ? 1 : 0
  },
  logicalXor: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk)
      out[k] = (a[i] !== 0) !== (b[j] !== 0) ? 1 : 0
  },
}

/** Whole numbers wrap around at 2³¹; a float64 would lose their last digits at 2⁵³. */
const wholeLoops: Partial<Record<BinaryOp, Loop>> = {
  mul: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = Math.imul(a[i], b[j])
  },
  pow: (n, a, i, di, b, j, dj, out, k, dk) => {
    for (; n > 0; n--, i += di, j += dj, k += dk) out[k] = wholePower(a[i], b[j])
  },
}

export function binary(op: BinaryOp, a: View, b: View, out: View): void {
  const whole = out.dtype === 'int32'
  if (whole) checkWholeResult(op, b)
  const loop = (whole && wholeLoops[op]) || loops[op]
  const left = elements(a)
  const right = elements(b)
  const to = elements(out)
  forEachRun([a, b, out], (n, at, step) => {
    loop(n, left, at[0], step[0], right, at[1], step[1], to, at[2], step[2])
  })
}

/**
 * aᵇ as IEEE 754 has it; JavaScript calls 1 to the ±∞ or NaN, and −1 to the ±∞, NaN.
 */
function power(a: number, b: number): number {
  const one = a === 1 || (a === -1 && Math.abs(b) === Infinity)
  return one ? 1 : a ** b
}

/** aᵇ by squares: a¹³ is a⁸ · a⁴ · a. */
function wholePower(a: number, b: number): number {
  let product = 1
  let square = a
  for (let left = b; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product = Math.imul(product, square)
    square = Math.imul(square, square)
  }
  return product
}

/** a − ⌊a / b⌋ · b: the remainder has the sign of the divisor, as in Python. */
function remainder(a: number, b: number): number {
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}

/** Whole numbers have no remainder by 0, and no negative powers. */
function checkWholeResult(op: BinaryOp, b: View): void {
  if (op !== 'remainder' && op !== 'pow') return
  const values = elements(b)
  forEachRun([b], (n, [at], [step]) => {
    for (let i = at; n > 0; n--, i += step) {
      if (op === 'remainder' ? values[i] !== 0 : values[i] >= 0) continue
      throw new ValueError(
        `${op}: ${values[i]} on the right has no int32 result: use .to('float32') on ` +
          'the left',
      )
    }
  })
}
