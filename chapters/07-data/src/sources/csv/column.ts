import type { TypedArray } from '@deepdive/tensor'
import type { ColumnType } from './column-type.ts'

/** A column of a table. */
export interface Column {
  readonly type: ColumnType
  /** What tensors hold as their elements, or texts. */
  readonly values: TypedArray | readonly string[]
  /** The words that the numbers of a category stand for; of other types, none. */
  readonly words: readonly string[]
}

/** A column of values as they were read: numbers, or texts. */
export function makeColumn(
  type: ColumnType,
  values: readonly (number | string)[],
): Column {
  if (type === 'string') return { type, values: values.map(String), words: [] }
  if (type !== 'category') return { type, values: numbers(type, values), words: [] }
  const words = [...new Set(values.map(String))].sort()
  const places = new Map(words.map((word, place) => [word, place]))
  return {
    type,
    values: numbers(
      type,
      values.map((word) => places.get(String(word)) ?? 0),
    ),
    words,
  }
}

const arrays = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  category: Int32Array,
}

function numbers(
  type: keyof typeof arrays,
  values: readonly (number | string)[],
): TypedArray {
  const elements = new arrays[type](values.length)
  for (const [n, value] of values.entries()) elements[n] = Number(value)
  return elements
}

/** The values of a column at `indices`: as the elements of a tensor, or as texts. */
export function pick(
  { type, values }: Column,
  indices: readonly number[],
): TypedArray | string[] {
  if (type === 'string') return indices.map((index) => String(values[index]))
  return numbers(
    type,
    indices.map((index) => values[index]),
  )
}
