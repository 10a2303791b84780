import { Comparison } from './comparison.ts'

/** Functions of one number, computed for each element. */
export abstract class Elementwise<
  Self extends Elementwise<Self>,
> extends Comparison<Self> {
  /**
   * ⌊x⌋, the next whole number downwards.
   * @example array([1.5, -1.5]).floor() // → array([ 1., -2.])
   */
  floor(): Self {
    return this.unary('floor')
  }

  /**
   * ⌈x⌉, the next whole number upwards.
   * @example array([1.5, -1.5]).ceil() // → array([ 2., -1.])
   */
  ceil(): Self {
    return this.unary('ceil')
  }

  /**
   * The nearest whole number; halves go to the even one.
   * @example array([0.5, 1.5, 2.5]).round() // → array([0., 2., 2.])
   */
  round(): Self {
    return this.unary('round')
  }

  /**
   * The whole part, towards 0.
   * @example array([1.5, -1.5]).trunc() // → array([ 1., -1.])
   */
  trunc(): Self {
    return this.unary('trunc')
  }

  /**
   * √x; NaN below 0.
   * @example array([4, 9]).sqrt() // → array([2., 3.])
   */
  sqrt(): Self {
    return this.unary('sqrt')
  }

  /**
   * 1 / √x.
   * @example array([4, 16]).rsqrt() // → array([0.5000, 0.2500])
   */
  rsqrt(): Self {
    return this.unary('rsqrt')
  }

  /**
   * eˣ.
   * @example array([0, 1]).exp() // → array([1.0000, 2.7183])
   */
  exp(): Self {
    return this.unary('exp')
  }

  /**
   * eˣ − 1, exact near 0, where eˣ rounds to 1.
   * @example array([1e-10]).expm1() // → array([1.0000e-10])
   */
  expm1(): Self {
    return this.unary('expm1')
  }

  /**
   * ln x; −∞ at 0, NaN below.
   * @example array([1, 10]).log() // → array([0.0000, 2.3026])
   */
  log(): Self {
    return this.unary('log')
  }

  /**
   * ln(1 + x), exact near 0, where 1 + x rounds to 1.
   * @example array([1e-10]).log1p() // → array([1.0000e-10])
   */
  log1p(): Self {
    return this.unary('log1p')
  }

  /**
   * sin x, x in radians.
   * @example array([0, Math.PI / 6]).sin() // → array([0.0000, 0.5000])
   */
  sin(): Self {
    return this.unary('sin')
  }

  /**
   * cos x, x in radians.
   * @example array([0, Math.PI / 3]).cos() // → array([1.0000, 0.5000])
   */
  cos(): Self {
    return this.unary('cos')
  }

  /**
   * (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), between −1 and 1.
   * @example array([0, 1]).tanh() // → array([0.0000, 0.7616])
   */
  tanh(): Self {
    return this.unary('tanh')
  }

  /**
   * 1 / (1 + e⁻ˣ), between 0 and 1.
   * @example array([0, 1]).sigmoid() // → array([0.5000, 0.7311])
   */
  sigmoid(): Self {
    return this.unary('sigmoid')
  }

  /**
   * 2/√π · ∫₀ˣ e^(−t²) dt, between −1 and 1.
   * @example array([0, 1]).erf() // → array([0.0000, 0.8427])
   */
  erf(): Self {
    return this.unary('erf')
  }

  /**
   * max(x, 0).
   * @example array([-1, 2]).relu() // → array([0., 2.])
   */
  relu(): Self {
    return this.unary('relu')
  }
}
