import { local } from '#local'
import { reasonOf } from '../datasets/errors.ts'
import { cannotRead, type Place } from './place.ts'

/** The bytes of a file, unpacked if it is gzip. */
export async function gunzipIfZipped(
  bytes: Uint8Array,
  place: Place,
): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return await local.gunzip(bytes)
  } catch (error) {
    throw cannotRead(place, `it is gzip, but broken: ${reasonOf(error)}`, error)
  }
}
