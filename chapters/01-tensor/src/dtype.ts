import { describeValue } from './describe-value.ts'
import { DTypeError, ValueError } from './errors.ts'

/** What an element is: `float32` unless said, `int32` for indices, `bool` for masks. */
export type DType = 'float32' | 'int32' | 'bool'

/** The arrays that hold elements in ordinary memory; a bool is a byte, 0 or 1. */
export type TypedArray = Float32Array | Int32Array | Uint8Array

const constructors = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }

/**
 * A typed array of `length` zeros for elements of `dtype`.
 * @throws DTypeError where there is no such dtype.
 * @throws ValueError where there is no room for so many.
 */
export function typedArray(dtype: DType, length: number): TypedArray {
  if (!(dtype in constructors)) {
    const known = Object.keys(constructors).join(', ')
    throw new DTypeError(`there is no dtype ${dtype}: use one of ${known}`)
  }
  try {
    return new constructors[dtype](length)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ValueError(`there is no room for an array of ${length} elements`)
  }
}

/**
 * A value as an element of `dtype`: a bool is 0 or 1.
 * @throws ValueError where it is no int32.
 */
export function elementOf(op: string, value: number | boolean, dtype: DType): number {
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    throw new ValueError(`${op}: ${describeValue(value)} is no number or boolean`)
  }
  const element = Number(value)
  if (dtype === 'bool') return Number(element !== 0)
  if (dtype === 'float32' || element === (element | 0)) return element
  throw new ValueError(`${op}: ${element} is no int32: use float32, or round it`)
}

/**
 * The dtype that a typed array holds.
 * @example dtypeOfElements(new Uint8Array(2)) // → bool
 */
export function dtypeOfElements(values: TypedArray): DType {
  if (values instanceof Float32Array) return 'float32'
  return values instanceof Int32Array ? 'int32' : 'bool'
}

/** Later ones win: what bool and int32 hold, float32 holds too. */
const order: readonly DType[] = ['bool', 'int32', 'float32']

/**
 * The dtype that holds the elements of both: `bool` < `int32` < `float32`.
 * @example promoteTypes('bool', 'int32') // → int32
 */
export function promoteTypes(a: DType, b: DType): DType {
  return order.indexOf(a) > order.indexOf(b) ? a : b
}

/**
 * The least dtype for a number: `int32` if it is whole and fits, else `float32`.
 * @example
 * dtypeOf(2) // → int32
 * dtypeOf(2.5) // → float32
 */
export function dtypeOf(value: number | boolean): DType {
  if (typeof value === 'boolean') return 'bool'
  return value === (value | 0) ? 'int32' : 'float32'
}
