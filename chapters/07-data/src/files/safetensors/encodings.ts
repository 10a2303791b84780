import { fromFloat16 } from '@deepdive/gpu'
import type { DType, TypedArray } from '@deepdive/tensor'
import { fromBfloat16 } from './bfloat16.ts'

/** How a file writes the elements of a tensor. */
export interface Encoding {
  /** Bytes an element. */
  readonly size: number
  /**
   * The elements from their bytes, or the first that no dtype here can hold; absent
   * where none can hold any.
   */
  readonly decode?: (bytes: Uint8Array) => TypedArray | Misfit
}

/** An element that is too large for what it should become, or makes no sense. */
export class Misfit {
  readonly element: number | bigint

  constructor(element: number | bigint) {
    this.element = element
  }
}

interface Constructor<Elements> {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Elements
}

/** Bytes as the numbers that they make up: in place, unless these must begin elsewhere. */
function viewed<Elements>(kind: Constructor<Elements>, bytes: Uint8Array): Elements {
  const { BYTES_PER_ELEMENT: size } = kind
  const { buffer, byteOffset, length } =
    bytes.byteOffset % size === 0 ? bytes : bytes.slice()
  return new kind(buffer, byteOffset, length / size)
}

/** Whole numbers, if all of them fit 32 bits. */
function toInt32(
  numbers: Uint32Array | BigInt64Array | BigUint64Array,
): Int32Array | Misfit {
  const made = new Int32Array(numbers.length)
  for (let n = 0; n < numbers.length; n++) {
    made[n] = Number(numbers[n])
    if (made[n] !== Number(numbers[n])) return new Misfit(numbers[n])
  }
  return made
}

/** The nearest float32, unless what is finite would become infinite. */
function toFloat32(numbers: Float64Array): Float32Array | Misfit {
  const made = Float32Array.from(numbers)
  const lost = made.findIndex(
    (value, n) => !Number.isFinite(value) && Number.isFinite(numbers[n]),
  )
  return lost < 0 ? made : new Misfit(numbers[lost])
}

function toBool(bytes: Uint8Array): Uint8Array | Misfit {
  const strange = bytes.find((byte) => byte > 1)
  return strange === undefined ? bytes : new Misfit(strange)
}

/** By the names that the format gives them. */
export const encodings: ReadonlyMap<string, Encoding> = new Map([
  ['F32', { size: 4, decode: (bytes) => viewed(Float32Array, bytes) }],
  ['I32', { size: 4, decode: (bytes) => viewed(Int32Array, bytes) }],
  ['BOOL', { size: 1, decode: toBool }],
  ['F16', { size: 2, decode: (bytes) => fromFloat16(viewed(Uint16Array, bytes)) }],
  ['BF16', { size: 2, decode: (bytes) => fromBfloat16(viewed(Uint16Array, bytes)) }],
  ['F64', { size: 8, decode: (bytes) => toFloat32(viewed(Float64Array, bytes)) }],
  ['I8', { size: 1, decode: (bytes) => Int32Array.from(viewed(Int8Array, bytes)) }],
  ['U8', { size: 1, decode: (bytes) => Int32Array.from(bytes) }],
  ['I16', { size: 2, decode: (bytes) => Int32Array.from(viewed(Int16Array, bytes)) }],
  ['U16', { size: 2, decode: (bytes) => Int32Array.from(viewed(Uint16Array, bytes)) }],
  ['U32', { size: 4, decode: (bytes) => toInt32(viewed(Uint32Array, bytes)) }],
  ['I64', { size: 8, decode: (bytes) => toInt32(viewed(BigInt64Array, bytes)) }],
  ['U64', { size: 8, decode: (bytes) => toInt32(viewed(BigUint64Array, bytes)) }],
  ['F8_E4M3', { size: 1 }],
  ['F8_E5M2', { size: 1 }],
  ['C64', { size: 8 }],
])

/** The encoding that holds just what a dtype here holds. */
export const encodingOf: Readonly<Record<DType, string>> = {
  float32: 'F32',
  float16: 'F16',
  int32: 'I32',
  bool: 'BOOL',
}
