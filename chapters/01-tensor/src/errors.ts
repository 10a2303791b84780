/**
 * What every error of DeepDive has in common: a message that names the operation,
 * what met what, and the next step; and, inside a model, where it happened.
 */
export abstract class DeepDiveError extends Error {
  readonly #complaint: string

  constructor(message: string) {
    super(message)
    this.#complaint = message
    this.name = new.target.name
  }

  /** Adds a line that says where in a model the error arose; a later call replaces it. */
  locate(place: string): void {
    this.message = `${this.#complaint}\n  in ${place}`
  }
}

/** Sizes that do not fit one another, or an axis that is not there. */
export class ShapeError extends DeepDiveError {}

/** A dtype that an operation cannot work on. */
export class DTypeError extends DeepDiveError {}

/** Operands on different devices, or a device that cannot do what is asked. */
export class DeviceError extends DeepDiveError {}

/** An index outside its axis. */
export class IndexError extends DeepDiveError {}

/** An argument whose value makes no sense: a probability of 2, a learning rate of NaN. */
export class ValueError extends DeepDiveError {}
