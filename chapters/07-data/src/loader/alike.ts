import { Tensor } from '@deepdive/autograd'
import { type NumericArray, sameShape } from '@deepdive/tensor'

/** Whether two samples, or parts of samples, can stand in one batch. */
export function alike(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return typeof a === typeof b
  if (a === null || b === null) return a === b
  if (a instanceof Tensor) {
    return b instanceof Tensor && a.dtype === b.dtype && sameShape(a.shape, b.shape)
  }
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length
  if (isNumericArray(a)) return isNumericArray(b) && a.length === b.length
  return !isRecord(a) || (isRecord(b) && sameKeys(a, b))
}

/** Whether a value is one of the arrays that `array` takes. */
export function isNumericArray(value: unknown): value is NumericArray {
  const other = value instanceof DataView || value instanceof BigInt64Array
  return ArrayBuffer.isView(value) && !other && !(value instanceof BigUint64Array)
}

/** Whether a value is an object of named parts, as `{ image, label }`. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function sameKeys(a: object, b: object): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => key in b)
}
