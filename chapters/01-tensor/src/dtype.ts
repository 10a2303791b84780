import { describeValue } from './describe-value.ts'
import { DTypeError, ValueError } from './errors.ts'

/**
 * What an element is: `float32` unless said, `int32` for indices, `bool` for masks. A
 * `float16` takes half the memory of a float32, on devices that have it (chapter 6).
 */
export type DType = 'float32' | 'float16' | 'int32' | 'bool'

/** The arrays that hold elements in ordinary memory; a bool is a byte, 0 or 1. */
export type TypedArray = Float32Array | Int32Array | Uint8Array

const constructors = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }

/**
 * A typed array of `length` zeros for elements of `dtype`.
 * @throws DTypeError where there is no such dtype, or none in ordinary memory.
 * @throws ValueError where there is no room for so many.
 */
export function typedArray(dtype: DType, length: number): TypedArray {
  if (dtype === 'float16') {
    throw new DTypeError(
      'the cpu holds no float16, only a GPU that has shader-f16: use float32 here, or ' +
        "move there first, as in x.to(gpu).to('float16')",
    )
  }
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
  if (isFloatingPoint(dtype) || element === (element | 0)) return element
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

/**
 * Whether elements of `dtype` have fractions, and so can have gradients.
 * @example isFloatingPoint('int32') // → false
 */
export function isFloatingPoint(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float16'
}

/** Later ones win; as in PyTorch, a float16 stays one beside an int32 of any size. */
const order: readonly DType[] = ['bool', 'int32', 'float16', 'float32']

/**
 * The dtype in which two meet: `bool` < `int32` < `float16` < `float32`.
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
