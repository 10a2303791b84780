import { reasonOf } from '../../datasets/errors.ts'
import { gunzipIfZipped } from '../gzip.ts'
import { cannotRead, type Place, readBytes } from '../place.ts'

/**
 * The text of a file, gzip or not.
 *
 * @throws DataError that names the file where it cannot be read, or is not UTF-8.
 * @example
 * await readText(Uint8Array.of(0x68, 0x69)) // → hi
 * await readText(Uint8Array.of(0xff))
 * // throws DataError: these 1 bytes cannot be read: it is not UTF-8
 */
export async function readText(place: Place): Promise<string> {
  const bytes = await gunzipIfZipped(await readBytes(place), place)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw cannotRead(place, `it is not UTF-8: ${reasonOf(error)}`, error)
  }
}
