/**
 * A function of four numbers at a time, as a type. Its objects have no fields, so one
 * can be said to lie at address 0, where nothing is: what matters is the type, for which
 * the compiler writes a loop of its own, with the function inside.
 */
export abstract class Unary {
  abstract of(x: v128): v128
}

/**
 * out = f(x) for `count` numbers. The last vector may reach beyond them: there must be
 * room for it behind both.
 */
export function map<F extends Unary>(x: i32, count: i32, out: i32): void {
  const f = changetype<F>(0)
  // Two vectors at a time have the constants of a function in common.
  const end = x + 4 * count
  for (; x <= end - 32; x += 32, out += 32) {
    const first = f.of(v128.load(x))
    const second = f.of(v128.load(x, 16))
    v128.store(out, first)
    v128.store(out, second, 16)
  }
  for (; x < end; x += 16, out += 16) {
    v128.store(out, f.of(v128.load(x)))
  }
}

/** The magnitudes of `x`, with the signs of `sign`, which 0 and NaN have, too. */
export function withSign(x: v128, sign: v128): v128 {
  return v128.bitselect(sign, x, i32x4.splat(0x80000000))
}

/** Σ c[n] · xⁿ, from the coefficient of the highest power on, as Horner has it. */
export function next(sum: v128, x: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(sum, x), f32x4.splat(coefficient))
}
