import { describeValue, ValueError } from '@deepdive/tensor'
import { local } from '#local'
import { DataError, reasonOf } from '../datasets/errors.ts'
import { fetchBytes } from './fetch-bytes.ts'

/**
 * Where bytes are: the path of a file (in a page: a URL relative to it), a URL, a File
 * that somebody chose, or the bytes themselves.
 */
export type Place = string | URL | Blob | Uint8Array

/** What messages call a place. */
export function nameOfPlace(place: Place): string {
  if (typeof place === 'string') return place
  if (place instanceof URL) return place.href
  return place instanceof File ? place.name : `these ${sizeOfPlace(place)} bytes`
}

function sizeOfPlace(place: Blob | Uint8Array): number {
  return place instanceof Blob ? place.size : place.length
}

/** Refuses what is no place. */
export function checkPlace(place: unknown): void {
  if (typeof place === 'string' || place instanceof URL) return
  if (place instanceof Blob || place instanceof Uint8Array) return
  throw new ValueError(
    `${describeValue(place)} is no place to read from: it must be a path, a URL, a Blob, ` +
      'or a Uint8Array',
  )
}

/** All bytes of a place; undefined where there is none. */
export async function readIfThere(place: Place): Promise<Uint8Array | undefined> {
  checkPlace(place)
  if (place instanceof Uint8Array) return place
  if (place instanceof Blob) return new Uint8Array(await place.arrayBuffer())
  try {
    return await (isRemote(place) ? fetchBytes(place) : local.read(place))
  } catch (error) {
    throw cannotRead(place, reasonOf(error), error)
  }
}

/**
 * All bytes of a place.
 * @throws DataError that names it where they cannot be had.
 */
export async function readBytes(place: Place): Promise<Uint8Array> {
  const bytes = await readIfThere(place)
  if (bytes) return bytes
  throw cannotRead(place, 'there is no such file')
}

/** The error for a place that cannot be read. */
export function cannotRead(place: Place, reason: string, cause?: unknown): DataError {
  return new DataError(`${nameOfPlace(place)} cannot be read: ${reason}`, cause)
}

/** Whether a place is a URL that is fetched, whatever the platform. */
export function isRemote(place: string | URL): boolean {
  return /^(https?|blob|data):/.test(String(place))
}
