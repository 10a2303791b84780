import type { UnaryOp } from '@deepdive/tensor'

/** erf by its series, as far as float64 goes. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x)
  let term = x
  let total = x
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(total); odd += 2) {
    term *= (2 * x * x) / odd
    total += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total
}

/** Functions, as true as float64. */
export const truth: readonly (readonly [op: UnaryOp, f: (x: number) => number])[] = [
  ['exp', Math.exp],
  ['expm1', Math.expm1],
  ['log', Math.log],
  ['log1p', Math.log1p],
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tanh', Math.tanh],
  ['sigmoid', (x) => 1 / (1 + Math.exp(-x))],
  ['erf', erf],
  ['sqrt', Math.sqrt],
  ['rsqrt', (x) => 1 / Math.sqrt(x)],
  ['reciprocal', (x) => 1 / x],
]

const largest = 2 ** 128 - 2 ** 104

/** From one float32 to the next, near y. */
function ulp(y: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(y)))
  return 2 ** Math.max(-149, Math.min(exponent, 127) - 23)
}

/** Every sign, every exponent, and the same for the digits from a few places on. */
export function sweep(): Float32Array {
  const bits = Int32Array.from({ length: 2 ** 17 }, (_, n) => {
    return (n << 15) | ((n * 2654435761) >>> 17)
  })
  return new Float32Array(bits.buffer)
}

/** The numbers that programs meet: −20 … 20, evenly. */
export function usual(): Float32Array {
  return Float32Array.from({ length: 2 ** 17 }, (_, n) => (n - 65536.3) / 3276.8)
}

/** How many steps from one float32 to the next y lies from what is true. */
export function distance(y: number, wanted: number): number {
  if (Number.isNaN(wanted)) return Number.isNaN(y) ? 0 : Infinity
  if (Object.is(y, Math.fround(wanted))) return 0
  if (Math.abs(wanted) > largest) return Math.abs(y) >= largest ? 1 : Infinity
  return Math.abs(y - wanted) / ulp(wanted)
}
