/**
 * What every error of DeepDive has in common: a message that names the operation,
 * what met what, and the next step; and, inside a model, where it happened.
 */
export abstract class DeepDiveError extends Error {
  /**
   * Written out in each class, as a minifier shortens the names of classes themselves.
   */
  abstract override readonly name: string
  readonly #complaint: string

  constructor(message: string) {
    super(message)
    this.#complaint = message
  }

  /**
   * Adds a line that says where in a model the error arose; a later call replaces it.
   * @example
   * const error = new ShapeError('matmul: the inner sizes differ')
   * error.locate('encoder.fc1')
   * String(error)
   * // → ShapeError: matmul: the inner sizes differ
   * //     in encoder.fc1
   */
  locate(place: string): void {
    this.message = `${this.#complaint}\n  in ${place}`
  }
}

/**
 * Sizes that do not fit one another, or an axis that is not there.
 * @example
 * zeros([2]).add(zeros([3]))
 * // throws ShapeError: add: cannot broadcast [2] with [3]
 */
export class ShapeError extends DeepDiveError {
  override readonly name: string = 'ShapeError'
}

/**
 * A dtype that an operation cannot work on.
 * @example array([true]).neg() // throws DTypeError: neg: a bool has no negative
 */
export class DTypeError extends DeepDiveError {
  override readonly name: string = 'DTypeError'
}

/**
 * Operands on different devices, or a device that cannot do what is asked.
 * @example
 * const other = { ...cpu, name: 'other' }
 * zeros([2]).add(zeros([2], { device: other }))
 * // throws DeviceError: add: one operand is on cpu, another on other: move one
 */
export class DeviceError extends DeepDiveError {
  override readonly name: string = 'DeviceError'
}

/**
 * An index outside its axis.
 * @example
 * zeros([3]).select(0, 5)
 * // throws IndexError: select: index 5 is outside axis 0 of size 3
 */
export class IndexError extends DeepDiveError {
  override readonly name: string = 'IndexError'
}

/**
 * An argument whose value makes no sense: a probability of 2, a learning rate of NaN.
 * @example
 * randint(3, 3, [2])
 * // throws ValueError: randint: no whole number is ≥ 3 and < 3
 */
export class ValueError extends DeepDiveError {
  override readonly name: string = 'ValueError'
}
