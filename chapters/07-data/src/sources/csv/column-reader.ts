import { DataError } from '../../datasets/errors.ts'
import { type Column, makeColumn } from './column.ts'
import { readings } from './column-type.ts'
import { type FilledColumn, isStatistic } from './options.ts'

/** Reads the values of a column, one row after another. */
export class ColumnReader {
  readonly name: string
  /** Which field of a row it is. */
  readonly place: number
  readonly #option: FilledColumn
  /** A missing value is undefined. */
  readonly #values: (number | string | undefined)[] = []

  constructor(name: string, place: number, option: FilledColumn) {
    this.name = name
    this.place = place
    this.#option = option
  }

  /** Whether there is something to fill in for a missing value. */
  get fills(): boolean {
    return this.#option.fill !== undefined
  }

  /** Takes the next value. */
  read(text: string, row: string): void {
    const { what, read } = readings[this.#option.type]
    const value = read(text)
    if (value === undefined) {
      throw new DataError(`${row}, column ${this.name}: '${text}' is ${what}`)
    }
    this.#values.push(value)
  }

  /** Takes note that the next value is missing. */
  skip(): void {
    this.#values.push(undefined)
  }

  /** All values, the missing ones filled in. */
  finish(): Column {
    const { type, fill } = this.#option
    const filler =
      isStatistic(fill) && type === 'float32'
        ? statistic(fill, this.#values)
        : readings[type].read(String(fill))
    return makeColumn(
      type,
      this.#values.map((value) => value ?? filler ?? 0),
    )
  }
}

/** The mean or median of the numbers that are there; 0 if there are none. */
function statistic(
  which: 'mean' | 'median',
  values: readonly (number | string | undefined)[],
): number {
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === 0) return 0
  if (which === 'mean') return numbers.reduce((a, b) => a + b) / numbers.length
  numbers.sort((a, b) => a - b)
  const middle = numbers.length / 2
  return (numbers[Math.ceil(middle) - 1] + numbers[Math.floor(middle)]) / 2
}
