import type { BinaryOp, UnaryOp } from './kernels.ts'
import { Movement } from './movement.ts'

/**
 * The named operations on each element, or on each pair of elements: a method each, in
 * terms of `unary`, `binary` and `where`. Operands broadcast; a number may stand on the
 * right.
 */
export abstract class Elementwise<
  Self extends Elementwise<Self>,
> extends Movement<Self> {
  abstract unary(op: UnaryOp): Self
  abstract binary(op: BinaryOp, other: Self | number): Self
  /** This where `condition` holds, `other` elsewhere. */
  abstract where(condition: Self, other: Self | number): Self

  /** a + b. */
  add(other: Self | number): Self {
    return this.binary('add', other)
  }

  /** a − b. */
  sub(other: Self | number): Self {
    return this.binary('sub', other)
  }

  /** a · b. */
  mul(other: Self | number): Self {
    return this.binary('mul', other)
  }

  /** a / b; float32 always. */
  div(other: Self | number): Self {
    return this.binary('div', other)
  }

  /** aᵇ. */
  pow(other: Self | number): Self {
    return this.binary('pow', other)
  }

  /** a − ⌊a / b⌋ · b, with the sign of b. */
  remainder(other: Self | number): Self {
    return this.binary('remainder', other)
  }

  /** The larger of a and b; NaN if either is. */
  maximum(other: Self | number): Self {
    return this.binary('maximum', other)
  }

  /** The smaller of a and b; NaN if either is. */
  minimum(other: Self | number): Self {
    return this.binary('minimum', other)
  }

  /** Whether a = b, as a bool. */
  eq(other: Self | number): Self {
    return this.binary('eq', other)
  }

  /** Whether a ≠ b, as a bool. */
  ne(other: Self | number): Self {
    return this.binary('ne', other)
  }

  /** Whether a < b, as a bool. */
  lt(other: Self | number): Self {
    return this.binary('lt', other)
  }

  /** Whether a ≤ b, as a bool. */
  le(other: Self | number): Self {
    return this.binary('le', other)
  }

  /** Whether a > b, as a bool. */
  gt(other: Self | number): Self {
    return this.binary('gt', other)
  }

  /** Whether a ≥ b, as a bool. */
  ge(other: Self | number): Self {
    return this.binary('ge', other)
  }

  /** Whether neither is 0, as a bool. */
  logicalAnd(other: Self | number): Self {
    return this.binary('logicalAnd', other)
  }

  /** Whether one is not 0, as a bool. */
  logicalOr(other: Self | number): Self {
    return this.binary('logicalOr', other)
  }

  /** Whether just one is not 0, as a bool. */
  logicalXor(other: Self | number): Self {
    return this.binary('logicalXor', other)
  }

  /** −x. */
  neg(): Self {
    return this.unary('neg')
  }

  /** |x|. */
  abs(): Self {
    return this.unary('abs')
  }

  /** −1, 0 or 1. */
  sign(): Self {
    return this.unary('sign')
  }

  /** The next whole number downwards. */
  floor(): Self {
    return this.unary('floor')
  }

  /** The next whole number upwards. */
  ceil(): Self {
    return this.unary('ceil')
  }

  /** The nearest whole number; halves go to the even one. */
  round(): Self {
    return this.unary('round')
  }

  /** The whole part. */
  trunc(): Self {
    return this.unary('trunc')
  }

  /** 1 / x. */
  reciprocal(): Self {
    return this.unary('reciprocal')
  }

  /** √x. */
  sqrt(): Self {
    return this.unary('sqrt')
  }

  /** 1 / √x. */
  rsqrt(): Self {
    return this.unary('rsqrt')
  }

  /** eˣ. */
  exp(): Self {
    return this.unary('exp')
  }

  /** eˣ − 1, exact near 0. */
  expm1(): Self {
    return this.unary('expm1')
  }

  /** ln x. */
  log(): Self {
    return this.unary('log')
  }

  /** ln(1 + x), exact near 0. */
  log1p(): Self {
    return this.unary('log1p')
  }

  /** sin x, x in radians. */
  sin(): Self {
    return this.unary('sin')
  }

  /** cos x, x in radians. */
  cos(): Self {
    return this.unary('cos')
  }

  /** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). */
  tanh(): Self {
    return this.unary('tanh')
  }

  /** 1 / (1 + e⁻ˣ). */
  sigmoid(): Self {
    return this.unary('sigmoid')
  }

  /** 2/√π · ∫₀ˣ e^(−t²) dt. */
  erf(): Self {
    return this.unary('erf')
  }

  /** max(x, 0). */
  relu(): Self {
    return this.unary('relu')
  }

  /** Whether x is NaN, as a bool. */
  isnan(): Self {
    return this.unary('isnan')
  }

  /** Whether x is 0, as a bool. */
  logicalNot(): Self {
    return this.unary('logicalNot')
  }

  /** x². */
  square(): Self {
    return this.mul(this as unknown as Self)
  }

  /** Each element raised into `min … max`; either bound may be missing. */
  clamp(min?: number | null, max?: number | null): Self {
    const raised = min == null ? this : this.maximum(min)
    return (max == null ? raised : raised.minimum(max)) as Self
  }

  /** `value` where `mask` holds, this elsewhere. */
  maskedFill(mask: Self, value: number): Self {
    return this.where(mask.logicalNot(), value)
  }
}
