import type { NumericArray } from '@deepdive/tensor'

/** One of the types that elements of an IDX file may have. */
export interface IdxType {
  /** How many bytes an element takes. */
  readonly size: number
  /** The elements that bytes, the highest of each first, stand for. */
  readonly read: (bytes: Uint8Array) => NumericArray
}

/** The types by the byte that names them. */
export const idxTypes: ReadonlyMap<number, IdxType> = new Map([
  [0x08, { size: 1, read: (bytes) => bytes }],
  [0x09, { size: 1, read: (bytes) => Int8Array.from(bytes) }],
  [0x0b, wide(2, Int16Array, (view, at) => view.getInt16(at))],
  [0x0c, wide(4, Int32Array, (view, at) => view.getInt32(at))],
  [0x0d, wide(4, Float32Array, (view, at) => view.getFloat32(at))],
  [0x0e, wide(8, Float64Array, (view, at) => view.getFloat64(at))],
])

function wide<Elements extends NumericArray>(
  size: number,
  Elements: new (length: number) => Elements,
  element: (view: DataView, at: number) => number,
): IdxType {
  const read = (bytes: Uint8Array) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const elements = new Elements(bytes.length / size)
    for (let n = 0; n < elements.length; n++) elements[n] = element(view, n * size)
    return elements
  }
  return { size, read }
}
