import type { View } from '../device.ts'
import type { TypedArray } from '../dtype.ts'
import type { UnaryOp } from '../kernels.ts'
import { exp } from './exp.ts'
import { elements, forEachRun } from './walk.ts'

/** Computes a run of n elements: from x at i, i + di, … to out at k, k + dk, … */
type Loop = (
  n: number,
  x: TypedArray,
  i: number,
  di: number,
  out: TypedArray,
  k: number,
  dk: number,
) => void

/**
 * A loop for each operation, rather than one loop that calls a function for each
 * element: an engine turns the former into a few machine instructions, and pays for
 * the call in the latter four times what the sum itself costs.
 */
const loops: Record<UnaryOp, Loop> = {
  neg: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = -x[i]
  },
  abs: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.abs(x[i])
  },
  sign: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Number(x[i] > 0) - Number(x[i] < 0)
  },
  floor: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.floor(x[i])
  },
  ceil: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.ceil(x[i])
  },
  round: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = roundHalfToEven(x[i])
  },
  trunc: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.trunc(x[i])
  },
  reciprocal: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = 1 / x[i]
  },
  sqrt: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.sqrt(x[i])
  },
  rsqrt: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = 1 / Math.sqrt(x[i])
  },
  exp: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = exp(x[i])
  },
  expm1: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.expm1(x[i])
  },
  log: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.log(x[i])
  },
  log1p: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.log1p(x[i])
  },
  sin: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.sin(x[i])
  },
  cos: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.cos(x[i])
  },
  tanh: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.tanh(x[i])
  },
  sigmoid: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = 1 / (1 + exp(-x[i]))
  },
  erf: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = erf(x[i])
  },
  relu: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Math.max(x[i], 0)
  },
  isnan: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Number(Number.isNaN(x[i]))
  },
  logicalNot: (n, x, i, di, out, k, dk) => {
    for (; n > 0; n--, i += di, k += dk) out[k] = Number(x[i] === 0)
  },
}

export function unary(op: UnaryOp, x: View, out: View): void {
  const loop = loops[op]
  const from = elements(x)
  const to = elements(out)
  forEachRun([x, out], (length, at, step) => {
    loop(length, from, at[0], step[0], to, at[1], step[1])
  })
}

/** Halves go to the even neighbour, so that rounding has no drift upwards. */
function roundHalfToEven(x: number): number {
  return Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)
}

/**
 * erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · 5 ⋯ (2n + 1)), whose terms all have
 * one sign, so that nothing cancels (Abramowitz & Stegun 1964, 7.1.6). Beyond 4 the
 * nearest float32 is ±1.
 */
function erf(x: number): number {
  if (Math.abs(x) > 4) return Math.sign(x)
  let term = x
  let total = x
  for (let odd = 3; Math.abs(term) > 1e-10 * Math.abs(total); odd += 2) {
    term *= (2 * x * x) / odd
    total += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total
}
