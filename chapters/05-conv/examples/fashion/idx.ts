import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** What an IDX file holds: bytes in row-major order, and the size of each axis. */
export interface Idx {
  readonly shape: readonly number[]
  readonly values: Uint8Array
}

/**
 * Reads a gzipped file of MNIST's format: two zeros, 8 for bytes, the number of axes,
 * the size of each as four bytes, the highest first, and then the elements (LeCun et
 * al. 1998).
 *
 * @throws Error naming the file where it is something else, or cut short.
 */
export function readIdx(file: string): Idx {
  const bytes = unzip(file)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== 8) {
    throw new Error(`${file} is no IDX file of bytes: it must begin with 0, 0, 8`)
  }
  const rank = view.getUint8(3)
  const start = 4 + 4 * rank
  if (bytes.length < start) throw new Error(`${file} is cut short in its header`)
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const size = shape.reduce((product, extent) => product * extent, 1)
  if (bytes.length !== start + size) {
    throw new Error(
      `${file} has ${bytes.length - start} bytes of elements, but its header says ` +
        `[${shape.join(', ')}], which is ${size}`,
    )
  }
  return { shape, values: bytes.subarray(start) }
}

function unzip(file: string): Uint8Array {
  try {
    return gunzipSync(readFileSync(file))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${file} cannot be read: ${reason}`)
  }
}
