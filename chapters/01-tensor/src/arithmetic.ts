import type { DType } from './dtype.ts'
import { ValueError } from './errors.ts'
import type { BinaryOp, UnaryOp } from './kernels.ts'
import { Parts } from './parts.ts'

/**
 * Sums, products and powers: a method for each, in terms of `unary` and `binary`.
 * Operands broadcast; a number may stand on the right.
 */
export abstract class Arithmetic<Self extends Arithmetic<Self>> extends Parts<Self> {
  abstract readonly dtype: DType

  /**
   * The named function of each element; the methods below and in elementwise.ts say
   * the same by their names.
   * @example array([1, 4]).unary('sqrt') // → array([1., 2.])
   */
  abstract unary(op: UnaryOp): Self
  /**
   * The named operation on each pair of elements.
   * @throws ShapeError where the shapes do not broadcast.
   * @example array([1, 4]).binary('add', 1) // → array([2., 5.])
   */
  abstract binary(op: BinaryOp, other: Self | number): Self

  /**
   * What a template string shows. JavaScript's own operators do not reach an array, and
   * `x + 1` is a string, as with any object.
   * @throws ValueError where a number is needed, as in `x * 2` or `x > 1`.
   * @example
   * `${array([1, 2])}` // → array([1., 2.])
   * array([1, 2]) * 2 // throws ValueError: an array is no number: x * 2 is x.mul(2)
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint !== 'number') return this.toString()
    throw new ValueError(
      'an array is no number: x * 2 is x.mul(2), x > 1 is x.gt(1), and so on; item() ' +
        'reads a single one',
    )
  }

  /**
   * a + b.
   * @example array([1, 2]).add(array([10, 20])) // → array([11., 22.])
   */
  add(other: Self | number): Self {
    return this.binary('add', other)
  }

  /**
   * a − b.
   * @example array([1, 2]).sub(1) // → array([0., 1.])
   */
  sub(other: Self | number): Self {
    return this.binary('sub', other)
  }

  /**
   * a · b.
   * @example array([1, 2]).mul(3) // → array([3., 6.])
   */
  mul(other: Self | number): Self {
    return this.binary('mul', other)
  }

  /**
   * a / b, float32 always; a number divided by 0 is infinite.
   * @example array([1, 2]).div(4) // → array([0.2500, 0.5000])
   */
  div(other: Self | number): Self {
    return this.binary('div', other)
  }

  /**
   * a − ⌊a / b⌋ · b, with the sign of b, as in Python.
   * @example array([-1, 5]).remainder(3) // → array([2., 2.])
   */
  remainder(other: Self | number): Self {
    return this.binary('remainder', other)
  }

  /**
   * aᵇ.
   * @example array([2, 3]).pow(2) // → array([4., 9.])
   */
  pow(other: Self | number): Self {
    return this.binary('pow', other)
  }

  /**
   * x².
   * @example array([-2, 3]).square() // → array([4., 9.])
   */
  square(): Self {
    return this.mul(this.self)
  }

  /**
   * 1 / x.
   * @example array([2, 4]).reciprocal() // → array([0.5000, 0.2500])
   */
  reciprocal(): Self {
    return this.unary('reciprocal')
  }

  /**
   * −x.
   * @throws DTypeError for bools, which have `logicalNot`.
   * @example array([1, -2]).neg() // → array([-1.,  2.])
   */
  neg(): Self {
    return this.unary('neg')
  }

  /**
   * |x|.
   * @example array([1, -2]).abs() // → array([1., 2.])
   */
  abs(): Self {
    return this.unary('abs')
  }

  /**
   * −1, 0 or 1.
   * @example array([-5, 0, 7]).sign() // → array([-1.,  0.,  1.])
   */
  sign(): Self {
    return this.unary('sign')
  }
}
