/**
 * What the values of a column are. A category is a word that is kept as its number
 * among all words of the column, in the order of the alphabet.
 */
export type ColumnType = 'float32' | 'int32' | 'bool' | 'string' | 'category'

/** What a value of a type is in a sample. */
export type ValueOf<Type> = Type extends 'string'
  ? string
  : Type extends 'bool'
    ? boolean
    : number

/** How text becomes a value; undefined where it is none. */
interface Reading {
  /** What a message calls the values. */
  readonly what: string
  readonly read: (text: string) => number | string | undefined
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const answers: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['false', 0],
  ['1', 1],
  ['0', 0],
])

export const readings: Readonly<Record<ColumnType, Reading>> = {
  float32: {
    what: 'no number that float32 holds',
    read(text) {
      const value = decimal.test(text) ? Math.fround(Number(text)) : NaN
      return Number.isFinite(value) ? value : undefined
    },
  },
  int32: {
    what: 'no int32',
    read(text) {
      const value = decimal.test(text) ? Number(text) : NaN
      return value === (value | 0) ? value : undefined
    },
  },
  bool: {
    what: 'neither true nor false',
    read: (text) => answers.get(text.toLowerCase()),
  },
  string: { what: 'no text', read: (text) => text },
  category: { what: 'no word', read: (text) => text },
}

/** The types to try, in this order, where nobody says what a column is. */
export const guesses: readonly ColumnType[] = ['int32', 'float32', 'bool', 'string']
