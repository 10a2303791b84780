import { map, next, Unary } from './unary'

const TWO_OVER_PI: f64 = 0.6366197723675814
/** π/2 in two parts: the first has so few digits that k times it is exact. */
const HALF_PI_HIGH: f64 = 1.5707963267341256
const HALF_PI_LOW: f64 = 6.077100506506192e-11
/** Up to here k has few enough digits for that. */
const MOST: f32 = 1000000

/**
 * sin (x + turn · π/2), which is sin x or cos x: for x = k · π/2 + r with |r| ≤ π/4 it
 * is sin r, cos r, −sin r or −cos r, as k + turn says. k and r are found in float64.
 */
abstract class Sine extends Unary {
  @inline
  turned(x: v128, turn: i32): v128 {
    const low = f64x2.promote_low_f32x4(x)
    const high = f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 0))
    const lowTurns = f64x2.nearest(f64x2.mul(low, f64x2.splat(TWO_OVER_PI)))
    const highTurns = f64x2.nearest(f64x2.mul(high, f64x2.splat(TWO_OVER_PI)))
    const r = i64x2.shuffle(rest(low, lowTurns), rest(high, highTurns), 0, 2)
    const k = i64x2.shuffle(
      i32x4.trunc_sat_f64x2_s_zero(lowTurns),
      i32x4.trunc_sat_f64x2_s_zero(highTurns),
      0,
      2,
    )
    const quarter = i32x4.add(k, i32x4.splat(turn))

    const square = f32x4.mul(r, r)
    let s = f32x4.splat(-0.00019516656175255775)
    s = next(s, square, 0.008332173340022564)
    s = next(s, square, -0.16666655242443085)
    s = f32x4.add(r, f32x4.mul(f32x4.mul(square, r), s))
    let c = f32x4.splat(0.000024437729734927416)
    c = next(c, square, -0.001388736185617745)
    c = next(c, square, 0.04166664555668831)
    c = next(f32x4.mul(c, square), square, 1)
    c = f32x4.sub(c, f32x4.mul(square, f32x4.splat(0.5)))

    const isOdd = i32x4.neg(v128.and(quarter, i32x4.splat(1)))
    const sign = i32x4.shl(v128.and(quarter, i32x4.splat(2)), 30)
    return v128.xor(v128.bitselect(c, s, isOdd), sign)
  }
}

/** x − k · π/2, as float32 in the lower half. */
function rest(x: v128, k: v128): v128 {
  const r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(HALF_PI_HIGH)))
  return f32x4.demote_f64x2_zero(f64x2.sub(r, f64x2.mul(k, f64x2.splat(HALF_PI_LOW))))
}

function isFar(x: v128): bool {
  return v128.any_true(f32x4.gt(f32x4.abs(x), f32x4.splat(MOST)))
}

class Sin extends Sine {
  of(x: v128): v128 {
    if (isFar(x)) return farSin(x)
    // The rest of −0 is +0.
    return v128.bitselect(x, this.turned(x, 0), f32x4.eq(x, f32x4.splat(0)))
  }
}

class Cos extends Sine {
  of(x: v128): v128 {
    return isFar(x) ? farCos(x) : this.turned(x, 1)
  }
}

function farSin(x: v128): v128 {
  return f32x4(
    <f32>Math.sin(f32x4.extract_lane(x, 0)),
    <f32>Math.sin(f32x4.extract_lane(x, 1)),
    <f32>Math.sin(f32x4.extract_lane(x, 2)),
    <f32>Math.sin(f32x4.extract_lane(x, 3)),
  )
}

function farCos(x: v128): v128 {
  return f32x4(
    <f32>Math.cos(f32x4.extract_lane(x, 0)),
    <f32>Math.cos(f32x4.extract_lane(x, 1)),
    <f32>Math.cos(f32x4.extract_lane(x, 2)),
    <f32>Math.cos(f32x4.extract_lane(x, 3)),
  )
}

export function sin(x: i32, count: i32, out: i32): void {
  map<Sin>(x, count, out)
}

export function cos(x: i32, count: i32, out: i32): void {
  map<Cos>(x, count, out)
}
