import { largestOf } from './choice'
import { exponential } from './exp'
import { logarithm } from './log'
import { addTo, inside, total } from './rows'

/** out = e^(x − peak) for n numbers, and their sum: none is above 1. */
function powers(x: i32, n: i32, peak: v128, out: i32): f64 {
  let sums = f64x2.splat(0)
  for (let i = 0; i < n; i += 4) {
    const e = exponential.of(f32x4.sub(v128.load(x + 4 * i), peak))
    v128.store(out + 4 * i, e)
    sums = addTo(sums, v128.and(e, inside(i, n)))
  }
  return total(sums)
}

/** yᵢ = e^xᵢ / Σ e^xⱼ for each of `rows` rows of n. */
export function softmax(x: i32, out: i32, rows: i32, n: i32): void {
  for (; rows > 0; rows--, x += 4 * n, out += 4 * n) {
    const peak = largestOf(x, n)
    const sum = f32x4.splat(<f32>powers(x, n, peak, out))
    for (let i = 0; i < n; i += 4) {
      v128.store(out + 4 * i, f32x4.div(v128.load(out + 4 * i), sum))
    }
  }
}

/** ln Σ e^(x − peak), four times; `spare` has room for n numbers. */
export function logOfPowers(x: i32, n: i32, peak: v128, spare: i32): v128 {
  return logarithm.of(f32x4.splat(<f32>powers(x, n, peak, spare)))
}

/** yᵢ = xᵢ − ln Σ e^xⱼ */
export function logSoftmax(x: i32, out: i32, rows: i32, n: i32): void {
  for (; rows > 0; rows--, x += 4 * n, out += 4 * n) {
    const peak = largestOf(x, n)
    const log = logOfPowers(x, n, peak, out)
    for (let i = 0; i < n; i += 4) {
      const shifted = f32x4.sub(v128.load(x + 4 * i), peak)
      v128.store(out + 4 * i, f32x4.sub(shifted, log))
    }
  }
}
