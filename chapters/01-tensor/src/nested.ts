import { describeValue } from './describe-value.ts'
import type { TypedArray } from './dtype.ts'
import { ShapeError, ValueError } from './errors.ts'
import { formatShape, type Shape } from './shape.ts'

/** Numbers or booleans in arrays of arrays, as deep as the array has dimensions. */
export type NestedArray = number | boolean | readonly NestedArray[]

/** The shape of nested arrays and their elements in row-major order. */
export function flattenNested(nested: NestedArray): {
  readonly shape: Shape
  readonly values: (number | boolean)[]
} {
  const shape: number[] = []
  for (let level = nested; Array.isArray(level); level = level[0]) {
    shape.push(level.length)
  }
  const values: (number | boolean)[] = []
  collect(nested, shape, [], values)
  return { shape, values }
}

function collect(
  nested: NestedArray,
  shape: Shape,
  path: readonly number[],
  values: (number | boolean)[],
): void {
  if (typeof nested === 'number' || typeof nested === 'boolean') {
    if (path.length !== shape.length) throw ragged(path, 'a single value', shape)
    values.push(nested)
  } else if (Array.isArray(nested)) {
    if (nested.length !== shape[path.length]) {
      throw ragged(path, `a list of ${nested.length}`, shape)
    }
    for (let index = 0; index < nested.length; index++) {
      collect(nested[index], shape, [...path, index], values)
    }
  } else {
    throw new ValueError(
      `array: ${describeValue(nested)} at ${place(path)} is no number or boolean`,
    )
  }
}

function ragged(path: readonly number[], found: string, shape: Shape): ShapeError {
  const expected =
    path.length < shape.length ? `a list of ${shape[path.length]}` : 'a single value'
  return new ShapeError(
    `array: the nested lists are ragged: the first elements have shape ` +
      `${formatShape(shape)}, so ${place(path)} should be ${expected}, not ${found}`,
  )
}

function place(path: readonly number[]): string {
  return path.length === 0 ? 'the top' : path.map((index) => `[${index}]`).join('')
}

/** The inverse: elements in row-major order as nested arrays of `shape`. */
export function nest(
  values: TypedArray,
  shape: Shape,
  asBoolean: boolean,
  start = 0,
): NestedArray {
  if (shape.length === 0) return asBoolean ? values[start] !== 0 : values[start]
  const [length, ...rest] = shape
  const stride = rest.reduce((size, extent) => size * extent, 1)
  return Array.from({ length }, (_, index) =>
    nest(values, rest, asBoolean, start + index * stride),
  )
}
