import { exponential } from './exp'
import { map, next, Unary, withSign } from './unary'

/**
 * erf x = 2/√π · ∫₀ˣ e^(−t²) dt: x times a polynomial in x² near 0, and elsewhere
 * 1 − erfc |x|, where a polynomial is ln erfc.
 */
class Erf extends Unary {
  of(x: v128): v128 {
    const square = f32x4.mul(x, x)
    let p = f32x4.splat(-0.0005932023632340133)
    p = next(p, square, 0.004982186947017908)
    p = next(p, square, -0.026759617030620575)
    p = next(p, square, 0.11281641572713852)
    p = next(p, square, -0.3761247992515564)
    p = next(p, square, 1.1283791065216064)
    const near = f32x4.mul(x, p)

    // Beyond 4, all but ±1 is less than half a digit.
    const t = f32x4.pmin(f32x4.abs(x), f32x4.splat(4))
    let q = f32x4.splat(-0.00019822070316877216)
    q = next(q, t, 0.003065499709919095)
    q = next(q, t, -0.02231524884700775)
    q = next(q, t, 0.10411374270915985)
    q = next(q, t, 0.6369760036468506)
    q = next(q, t, 1.127797245979309)
    q = next(q, t, 0.0001664390874793753)
    const far = f32x4.sub(f32x4.splat(1), exponential.of(f32x4.neg(q)))
    const isNear = f32x4.lt(t, f32x4.splat(0.92))
    return withSign(v128.bitselect(near, far, isNear), x)
  }
}

export function erf(x: i32, count: i32, out: i32): void {
  map<Erf>(x, count, out)
}
