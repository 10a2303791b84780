import { type ByteSource, openSource } from '../../files/byte-source.ts'
import { openRemote } from '../http/remote-file.ts'
import { checkPlace, isRemote, nameOfPlace, type Place } from '../place.ts'

/** A file of which parts are read, in any order. */
export interface RandomAccess {
  /** What messages call it. */
  readonly name: string
  readonly size: number
  /** The bytes from `start` to, without, `end`. */
  read(start: number, end: number): Promise<Uint8Array>
}

/**
 * Opens a place for reading parts of it. A file on disk is open only while it is read.
 */
export async function openParts(op: string, place: Place): Promise<RandomAccess> {
  checkPlace(place)
  if ((typeof place === 'string' || place instanceof URL) && isRemote(place)) {
    return openRemote(String(place))
  }
  const read = async <Result>(
    use: (source: ByteSource) => Promise<Result> | Result,
  ) => {
    const source = await openSource(op, place)
    try {
      return await use(source)
    } finally {
      await source.close()
    }
  }
  return {
    name: nameOfPlace(place),
    size: await read(({ size }) => size),
    read: (start, end) => read((source) => source.read(start, end)),
  }
}
