import { map, next, Unary } from './unary'

const LN2_HIGH: f32 = 0.693359375
const LN2_LOW: f32 = -0.00021219444005469057

/**
 * ln x = ln m + e · ln 2 for x = m · 2^e with √½ ≤ m < √2, where a polynomial in
 * m − 1 is ln m to float32.
 */
class Log extends Unary {
  @inline
  of(x: v128): v128 {
    // Numbers below the smallest normal one have their exponent in other bits.
    const isTiny = f32x4.lt(x, f32x4.splat(f32.MIN_NORMAL_VALUE))
    const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, isTiny)
    // √½ begins an octave: what lies above it, in units of octaves, is the exponent.
    const above = i32x4.sub(scaled, f32x4.splat(<f32>Math.SQRT1_2))
    const exponent = i32x4.shr_s(above, 23)
    const m = i32x4.sub(scaled, i32x4.shl(exponent, 23))
    const lost = v128.and(isTiny, i32x4.splat(23))
    const e = f32x4.convert_i32x4_s(i32x4.sub(exponent, lost))

    const f = f32x4.sub(m, f32x4.splat(1))
    const square = f32x4.mul(f, f)
    let p = f32x4.splat(0.06921795010566711)
    p = next(p, f, -0.11805880814790726)
    p = next(p, f, 0.11878705769777298)
    p = next(p, f, -0.12382198125123978)
    p = next(p, f, 0.1421765685081482)
    p = next(p, f, -0.166693314909935)
    p = next(p, f, 0.20002275705337524)
    p = next(p, f, -0.24999985098838806)
    p = next(p, f, 0.3333331048488617)
    // f − f²/2 + f³ · p + e · ln 2, the small parts first
    let sum = f32x4.mul(f32x4.mul(square, f), p)
    sum = f32x4.add(sum, f32x4.mul(e, f32x4.splat(LN2_LOW)))
    sum = f32x4.sub(sum, f32x4.mul(square, f32x4.splat(0.5)))
    sum = f32x4.add(f32x4.add(sum, f), f32x4.mul(e, f32x4.splat(LN2_HIGH)))
    return ofEdges(x, sum)
  }
}

/** To be called by functions that contain it. */
export const logarithm = changetype<Log>(0)

/** −∞ for 0, NaN below it, and ∞ and NaN for themselves; else `inside`. */
function ofEdges(x: v128, inside: v128): v128 {
  const zero = f32x4.splat(0)
  const infinite = f32x4.splat(f32.POSITIVE_INFINITY)
  let y = v128.bitselect(inside, x, f32x4.lt(x, infinite))
  y = v128.bitselect(f32x4.neg(infinite), y, f32x4.eq(x, zero))
  return v128.bitselect(f32x4.splat(f32.NaN), y, f32x4.lt(x, zero))
}

/** ln u for u = 1 + x, and what the rounding of u lost, divided by the slope there. */
class Log1p extends Unary {
  of(x: v128): v128 {
    const one = f32x4.splat(1)
    const u = f32x4.add(x, one)
    const small = f32x4.lt(x, one)
    const lostOfX = f32x4.sub(x, f32x4.sub(u, one))
    const lostOfOne = f32x4.sub(one, f32x4.sub(u, x))
    const lost = f32x4.div(v128.bitselect(lostOfX, lostOfOne, small), u)
    const log = logarithm.of(u)
    // Where u is infinite or 0, nothing was lost; where it is 1, x is its own logarithm.
    const finite = f32x4.lt(f32x4.abs(log), f32x4.splat(f32.POSITIVE_INFINITY))
    const y = f32x4.add(log, v128.and(lost, finite))
    return v128.bitselect(x, y, f32x4.eq(u, one))
  }
}

export function log(x: i32, count: i32, out: i32): void {
  map<Log>(x, count, out)
}

export function log1p(x: i32, count: i32, out: i32): void {
  map<Log1p>(x, count, out)
}
