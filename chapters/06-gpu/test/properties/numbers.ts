import { type DType, philox, type TypedArray } from '@deepdive/tensor'

/** Which elements there may be: one for each random number of 32 bits. */
export type Numbers = (dtype: DType, word: number) => number

/** Where rounding, overflow and what is no number begin. */
const edges = [0, 1, 0.5, 1.5, 2.5, 1e-30, 1e30, Infinity].flatMap((x) => [x, -x])
const integerEdges = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)]

/** Numbers of all sizes; one in four is an edge, or NaN. */
export const anyNumbers: Numbers = (dtype, word) => {
  if (dtype === 'bool') return word % 2
  const list = dtype === 'int32' ? integerEdges : [...edges, Number.NaN]
  if (word % 4 === 0) return list[(word >>> 8) % list.length]
  if (dtype === 'int32') return (word >> 8) % (word % 4 === 1 ? 10 : 1e6)
  return (word % 8 < 4 ? 1 : -1) * 2 ** ((word >>> 8) / 2 ** 19 - 16)
}

/** Quarters, or small whole numbers: sums and products of many have no rounding. */
export const exactNumbers: Numbers = (dtype, word) => {
  if (dtype === 'bool') return word % 2
  const whole = ((word >>> 8) % 19) - 9
  return dtype === 'int32' ? whole : whole / 4
}

/** Quarters of which a few are endless, or NaN; whole numbers whose sums wrap around. */
export const summands: Numbers = (dtype, word) => {
  if (dtype !== 'float32') return anyNumbers(dtype, word)
  const endless = [Infinity, -Infinity, Number.NaN][(word >>> 8) % 3]
  return word % 256 === 0 ? endless : exactNumbers(dtype, word)
}

/** Powers of two, most of them 1 or −1; whole numbers whose products wrap around. */
export const factors: Numbers = (dtype, word) => {
  if (dtype !== 'float32') return anyNumbers(dtype, word)
  const size = word % 16 === 0 ? [2, 0.5][(word >>> 8) % 2] : 1
  return word % 3 === 0 ? -size : size
}

/** Numbers between two bounds. */
export function between(low: number, high: number): Numbers {
  return (_, word) => low + ((high - low) * (word >>> 8)) / 2 ** 24
}

/** Whole numbers from 0 up to, without, a bound. */
export function below(bound: number): Numbers {
  return (_, word) => (word >>> 8) % bound
}

/** What may stand on the right of `remainder`: no whole number is 0. */
export const divisors: Numbers = (dtype, word) => {
  const x = dtype === 'bool' ? 1 : exactNumbers(dtype, word)
  return dtype === 'int32' ? x || 3 : x
}

/** What may stand on the right of `pow`: no whole number is below 0. */
export const exponents: Numbers = (dtype, word) =>
  dtype === 'float32' ? exactNumbers(dtype, word) : Math.abs(exactNumbers(dtype, word))

/** Here a float16 is a float32, which holds all of them. */
const arrays = {
  float32: Float32Array,
  float16: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
}

/** `count` elements, which follow from `seed`. */
export function drawn(
  numbers: Numbers,
  dtype: DType,
  count: number,
  seed: number,
): TypedArray {
  const values = new arrays[dtype](count)
  for (let place = 0; place < count; place++) {
    const [word] = philox([place, 0, 0, 0], [seed, 0])
    values[place] = numbers(dtype, word)
  }
  return values
}
