import { DeepDiveError } from '@deepdive/tensor'

/**
 * A file that is missing, broken, or not what it is taken for.
 *
 * @example
 * await load(new Uint8Array([1, 2, 3]))
 * // throws FileError: load: these bytes: it has 3 bytes, and a safetensors file begins
 */
export class FileError extends DeepDiveError {
  override readonly name: string = 'FileError'
}
