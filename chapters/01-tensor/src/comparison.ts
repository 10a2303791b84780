import { Arithmetic } from './arithmetic.ts'
import { DTypeError, ValueError } from './errors.ts'

/** Questions, whose answers are bools, and choices between two arrays. */
export abstract class Comparison<
  Self extends Comparison<Self>,
> extends Arithmetic<Self> {
  /**
   * This where `condition` holds, `other` elsewhere; all three broadcast.
   * @example array([1, 2]).where(array([true, false]), -1) // → array([ 1., -1.])
   */
  abstract where(condition: Self, other: Self | number): Self

  /**
   * Whether a = b.
   * @example array([1, 2]).eq(2) // → array([false,  true])
   */
  eq(other: Self | number): Self {
    return this.binary('eq', other)
  }

  /**
   * Whether a ≠ b.
   * @example array([1, 2]).ne(2) // → array([ true, false])
   */
  ne(other: Self | number): Self {
    return this.binary('ne', other)
  }

  /**
   * Whether a < b.
   * @example array([1, 2]).lt(2) // → array([ true, false])
   */
  lt(other: Self | number): Self {
    return this.binary('lt', other)
  }

  /**
   * Whether a ≤ b.
   * @example array([1, 2]).le(2) // → array([true, true])
   */
  le(other: Self | number): Self {
    return this.binary('le', other)
  }

  /**
   * Whether a > b.
   * @example array([1, 2]).gt(1) // → array([false,  true])
   */
  gt(other: Self | number): Self {
    return this.binary('gt', other)
  }

  /**
   * Whether a ≥ b.
   * @example array([1, 2]).ge(1) // → array([true, true])
   */
  ge(other: Self | number): Self {
    return this.binary('ge', other)
  }

  /**
   * Whether neither is 0.
   * @example array([0, 1]).logicalAnd(1) // → array([false,  true])
   */
  logicalAnd(other: Self | number): Self {
    return this.binary('logicalAnd', other)
  }

  /**
   * Whether one or both are not 0.
   * @example array([0, 1]).logicalOr(0) // → array([false,  true])
   */
  logicalOr(other: Self | number): Self {
    return this.binary('logicalOr', other)
  }

  /**
   * Whether just one is not 0.
   * @example array([0, 1]).logicalXor(1) // → array([ true, false])
   */
  logicalXor(other: Self | number): Self {
    return this.binary('logicalXor', other)
  }

  /**
   * Whether x is 0.
   * @example array([0, 1]).logicalNot() // → array([ true, false])
   */
  logicalNot(): Self {
    return this.unary('logicalNot')
  }

  /**
   * Whether x is NaN.
   * @example array([0, NaN]).isnan() // → array([false,  true])
   */
  isnan(): Self {
    return this.unary('isnan')
  }

  /**
   * The larger of a and b; NaN if either is.
   * @example array([1, 5]).maximum(3) // → array([3., 5.])
   */
  maximum(other: Self | number): Self {
    return this.binary('maximum', other)
  }

  /**
   * The smaller of a and b; NaN if either is.
   * @example array([1, 5]).minimum(3) // → array([1., 3.])
   */
  minimum(other: Self | number): Self {
    return this.binary('minimum', other)
  }

  /**
   * Each element brought into `min … max`; either bound may be missing.
   * @throws ValueError where both are.
   * @example array([-1, 0.5, 2]).clamp(0, 1) // → array([0.0000, 0.5000, 1.0000])
   */
  clamp(min?: number | null, max?: number | null): Self {
    checkBounds(min, max)
    const raised = min == null ? this : this.maximum(min)
    return (max == null ? raised : raised.minimum(max)) as Self
  }

  /**
   * `value` where `mask` holds, this elsewhere.
   * @throws DTypeError where the mask is not bool.
   * @example array([1, 2]).maskedFill(array([false, true]), 0) // → array([1., 0.])
   */
  maskedFill(mask: Self, value: number): Self {
    if (mask.dtype !== 'bool') {
      throw new DTypeError(
        `maskedFill: the mask must be bool, not ${mask.dtype}: compare first`,
      )
    }
    return this.where(mask.logicalNot(), value)
  }
}

/**
 * Refuses to clamp by nothing.
 * @example checkBounds(null, null) // throws ValueError: clamp: give min, max, or both
 */
export function checkBounds(min?: number | null, max?: number | null): void {
  if (min != null || max != null) return
  throw new ValueError('clamp: give min, max, or both')
}
