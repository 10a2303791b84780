import { map, next, Unary, withSign } from './unary'

const LOG2E: f32 = <f32>Math.LOG2E
/** ln 2 in two parts: the first has so few digits that k times it is exact. */
const LN2_HIGH: f32 = 0.693359375
const LN2_LOW: f32 = -0.00021219444005469057

/** Beside so large a number there is room for whole numbers only: adding it rounds. */
const PLACE: f32 = 12582912

/**
 * e^x = 2^k · e^r with k = ⌊x / ln 2 + ½⌋, so that |r| ≤ ½ ln 2, where a polynomial of
 * degree 6 is e^r to float32. 2^k is multiplied in two halves: for results below the
 * smallest normal number, or close to the largest, no float32 is 2^k.
 */
class Exp extends Unary {
  @inline
  of(x: v128): v128 {
    // The result is 0 below −104, and ∞ above 89.
    const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104))
    const placed = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2E)), f32x4.splat(PLACE))
    const k = f32x4.sub(placed, f32x4.splat(PLACE))
    const most = f32x4.sub(bounded, f32x4.mul(k, f32x4.splat(LN2_HIGH)))
    const r = f32x4.sub(most, f32x4.mul(k, f32x4.splat(LN2_LOW)))
    let p = f32x4.splat(0.0013950599823147058)
    p = next(p, r, 0.008368954062461853)
    p = next(p, r, 0.04166620597243309)
    p = next(p, r, 0.166665181517601)
    p = next(p, r, 0.5)
    p = f32x4.add(f32x4.splat(1), f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p)))
    const whole = i32x4.sub(placed, f32x4.splat(PLACE))
    const half = i32x4.shr_s(whole, 1)
    return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)))
  }
}

/** To be called by functions that contain it. */
export const exponential = changetype<Exp>(0)

/** 2^k for −126 ≤ k ≤ 127: a float32 is its exponent, plus 127, at bit 23. */
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23)
}

/** e^x − 1: a polynomial of degree 8 near 0, where subtracting would cancel. */
class Expm1 extends Unary {
  of(x: v128): v128 {
    let p = f32x4.splat(0.0000249770910158986)
    p = next(p, x, 0.0001997940125875175)
    p = next(p, x, 0.0013888514367863536)
    p = next(p, x, 0.008333125151693821)
    p = next(p, x, 0.0416666679084301)
    p = next(p, x, 0.1666666716337204)
    p = next(p, x, 0.5)
    const near = f32x4.add(x, f32x4.mul(f32x4.mul(x, x), p))
    const far = f32x4.sub(exponential.of(x), f32x4.splat(1))
    const isNear = f32x4.lt(f32x4.abs(x), f32x4.splat(0.5))
    return withSign(v128.bitselect(near, far, isNear), x)
  }
}

/** 1 / (1 + e^−x), by e^−|x|, which cannot be too large. */
class Sigmoid extends Unary {
  of(x: v128): v128 {
    const one = f32x4.splat(1)
    const e = exponential.of(f32x4.neg(f32x4.abs(x)))
    const above = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0)))
    return f32x4.div(above, f32x4.add(one, e))
  }
}

/** 1 − 2 / (e^2|x| + 1), and a polynomial near 0, where subtracting would cancel. */
class Tanh extends Unary {
  of(x: v128): v128 {
    const t = f32x4.abs(x)
    const square = f32x4.mul(x, x)
    let p = f32x4.splat(-0.005679315887391567)
    p = next(p, square, 0.02061813324689865)
    p = next(p, square, -0.053734004497528076)
    p = next(p, square, 0.1333138346672058)
    p = next(p, square, -0.3333328068256378)
    const near = f32x4.add(t, f32x4.mul(f32x4.mul(square, t), p))
    const one = f32x4.splat(1)
    const e = exponential.of(f32x4.add(t, t))
    const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one)))
    const isNear = f32x4.lt(t, f32x4.splat(0.625))
    return withSign(v128.bitselect(near, far, isNear), x)
  }
}

export function exp(x: i32, count: i32, out: i32): void {
  map<Exp>(x, count, out)
}

export function expm1(x: i32, count: i32, out: i32): void {
  map<Expm1>(x, count, out)
}

export function sigmoid(x: i32, count: i32, out: i32): void {
  map<Sigmoid>(x, count, out)
}

export function tanh(x: i32, count: i32, out: i32): void {
  map<Tanh>(x, count, out)
}
