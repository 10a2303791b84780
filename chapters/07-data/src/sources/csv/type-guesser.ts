import { type ColumnType, guesses, readings } from './column-type.ts'

/**
 * Finds, from the rows of a file, the first type that fits all values of each column.
 */
export class TypeGuesser {
  readonly #missing: ReadonlySet<string>
  readonly #fitting: (readonly ColumnType[])[] = []

  constructor(missing: ReadonlySet<string>) {
    this.#missing = missing
  }

  /** Takes a row into account. */
  see(fields: readonly string[]): void {
    for (const [place, text] of fields.entries()) {
      const fitting = this.#fitting[place] ?? guesses
      const fits = (type: ColumnType) => readings[type].read(text) !== undefined
      this.#fitting[place] = this.#missing.has(text) ? fitting : fitting.filter(fits)
    }
  }

  /** The type of the column at `place`. */
  typeOf(place: number): ColumnType {
    return (this.#fitting[place] ?? guesses)[0]
  }
}
