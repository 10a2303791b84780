import { getDefaultDevice } from './default-device.ts'
import type { Device } from './device.ts'
import { type DType, elementOf, type TypedArray, typedArray } from './dtype.ts'
import { ShapeError, ValueError } from './errors.ts'
import { NDArray } from './ndarray.ts'
import { flattenNested, type NestedArray } from './nested.ts'
import { checkShape, formatShape, type Shape, sizeOf } from './shape.ts'

/** As what, and where, a new array is made. */
export interface CreateOptions {
  /** Default: `float32`, or what the values are. */
  readonly dtype?: DType
  /** Default: the default device. */
  readonly device?: Device
}

/** Any of JavaScript's arrays of numbers, bytes of an image for instance. */
export type NumericArray =
  | TypedArray
  | Float64Array
  | Int8Array
  | Int16Array
  | Uint16Array

/**
 * An array of the given elements: nested lists, or a typed array together with the
 * shape to read it in. Numbers become float32, booleans bool, and typed arrays of
 * whole numbers int32, unless `dtype` says otherwise. The elements are copied.
 *
 * @throws ShapeError where the nested lists are ragged, or the shape holds another count.
 * @example
 * array([[1, 2.5], [3, 4]])
 * // → array([[1.0000, 2.5000],
 * //          [3.0000, 4.0000]])
 * array(new Float32Array([1, 2, 3, 4]), [2, 2]).shape // → [2, 2]
 * array([1, [2]]) // throws ShapeError: array: the nested lists are ragged
 */
export function array(
  values: NestedArray | NumericArray,
  options?: CreateOptions,
): NDArray
export function array(
  values: NumericArray,
  shape: Shape,
  options?: CreateOptions,
): NDArray
export function array(
  values: NestedArray | NumericArray,
  second: Shape | CreateOptions = {},
  third: CreateOptions = {},
): NDArray {
  const { dtype, device = getDefaultDevice() } = isShape(second) ? third : second
  if (!isNumericArray(values)) {
    if (isShape(second)) {
      throw new ValueError(
        'array: nested lists have a shape of their own: leave it out, or reshape()',
      )
    }
    const nested = flattenNested(values)
    const booleans = nested.values.length > 0 && nested.values.every(isBoolean)
    const found = dtype ?? (booleans ? 'bool' : 'float32')
    return arrayOf(nested.values, nested.shape, found, device)
  }
  const shape = isShape(second) ? second : [values.length]
  checkShape('array', shape)
  if (sizeOf(shape) !== values.length) {
    throw new ShapeError(
      `array: ${values.length} elements do not fill ${formatShape(shape)}, ` +
        `which holds ${sizeOf(shape)}`,
    )
  }
  const whole = !(values instanceof Float32Array || values instanceof Float64Array)
  const found = dtype ?? (whole ? 'int32' : 'float32')
  return arrayOf(values, shape, found, device)
}

/** A float16, which no typed array holds, is made of float32 where it is to be. */
function arrayOf(
  values: ArrayLike<number | boolean>,
  shape: Shape,
  dtype: DType,
  device: Device,
): NDArray {
  const held = dtype === 'float16' ? 'float32' : dtype
  return NDArray.from(elementsOf(values, held), shape, device).to(dtype)
}

/**
 * Tells a shape from the options that may stand in its place.
 * @example isShape({ dtype: 'int32' }) // → false
 */
export function isShape(value: Shape | CreateOptions): value is Shape {
  return Array.isArray(value)
}

function isNumericArray(value: NestedArray | NumericArray): value is NumericArray {
  return ArrayBuffer.isView(value)
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}

function elementsOf(values: ArrayLike<number | boolean>, dtype: DType): TypedArray {
  const elements = typedArray(dtype, values.length)
  for (let place = 0; place < values.length; place++) {
    elements[place] = elementOf('array', values[place], dtype)
  }
  return elements
}

/**
 * An array of `shape`, each element `value`.
 *
 * @example
 * full([2], 7) // → array([7., 7.])
 */
export function full(
  shape: Shape,
  value: number | boolean,
  options: CreateOptions = {},
): NDArray {
  checkShape('full', shape)
  const dtype = options.dtype ?? (typeof value === 'boolean' ? 'bool' : 'float32')
  const out = NDArray.empty(shape, dtype, options.device ?? getDefaultDevice())
  return out.fill_(elementOf('full', value, dtype))
}

/**
 * An array of `shape`, all zero.
 *
 * @example
 * zeros([2, 2])
 * // → array([[0., 0.],
 * //          [0., 0.]])
 */
export function zeros(shape: Shape, options: CreateOptions = {}): NDArray {
  checkShape('zeros', shape)
  const { dtype = 'float32', device = getDefaultDevice() } = options
  return NDArray.empty(shape, dtype, device)
}

/**
 * An array of `shape`, all one.
 *
 * @example
 * ones([3]) // → array([1., 1., 1.])
 */
export function ones(shape: Shape, options: CreateOptions = {}): NDArray {
  return full(shape, 1, options)
}
