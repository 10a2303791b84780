import { formatShape, type NumericArray, type Shape, sizeOf } from '@deepdive/tensor'
import { DataError } from '../datasets/errors.ts'
import { gunzipIfZipped } from './gzip.ts'
import { idxTypes } from './idx-elements.ts'
import { nameOfPlace, type Place, readBytes } from './place.ts'

/**
 * What an IDX file holds: its elements in row-major order, and the size of each axis.
 */
export interface Idx {
  readonly shape: Shape
  readonly values: NumericArray
}

/**
 * Reads a file of MNIST's format, gzip or not: two zeros, the type of the elements, the
 * number of axes, the size of each as four bytes, the highest first, and then the
 * elements (LeCun et al. 1998).
 *
 * @throws DataError that names the file where it is something else, or cut short.
 * @example
 * const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9)
 * await readIdx(bytes) // → { shape: [1, 3], values: [7, 8, 9] }
 * await readIdx(bytes.subarray(0, 14))
 * // throws DataError: these 14 bytes: this is no whole IDX file: [1, 3] elements
 */
export async function readIdx(place: Place): Promise<Idx> {
  return decodeIdx(await readBytes(place), place)
}

/** The same of bytes that were read from `place`. */
export async function decodeIdx(bytes: Uint8Array, place: Place): Promise<Idx> {
  return parseIdx(await gunzipIfZipped(bytes, place), nameOfPlace(place))
}

function parseIdx(bytes: Uint8Array, name: string): Idx {
  const wrong = (how: string) =>
    new DataError(`${name}: this is no whole IDX file: ${how}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const type = bytes.length < 4 ? undefined : idxTypes.get(bytes[2])
  if (!type || view.getUint16(0) !== 0) {
    throw wrong('it must begin with two zeros, and the byte of a type')
  }
  const rank = bytes[3]
  const start = 4 + 4 * rank
  if (bytes.length < start) throw wrong(`it ends before the sizes of ${rank} axes`)
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const [needed, there] = [sizeOf(shape) * type.size, bytes.length - start]
  if (needed !== there) {
    const elements = `${formatShape(shape)} elements take ${needed} bytes`
    throw wrong(`${elements}, but ${there} follow the header`)
  }
  return { shape, values: type.read(bytes.subarray(start)) }
}
