import type { ByteSource } from '../byte-source.ts'
import { FileError } from '../errors.ts'
import { type Broken, isRecord, shown } from './broken.ts'
import { checkCover, type Entry, readEntry } from './entry.ts'
import { readHeaderText } from './header-text.ts'
import { repeatedKey } from './repeated-key.ts'

/** What a file says about itself before its data begins. */
export interface Header {
  readonly metadata: ReadonlyMap<string, string>
  readonly entries: ReadonlyMap<string, Entry>
  /** Where in the file the data begins. */
  readonly dataStart: number
}

/** The key that is no tensor's. */
export const metadataKey = '__metadata__'

/**
 * The header of a safetensors file. Each claim in it is held against the size of the
 * file: who reads on is asked for no more memory than there are bytes.
 *
 *     8 bytes    the length of the header, a little-endian integer
 *     header     JSON: {"bias": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}}
 *     data       the elements of all tensors, without gaps or overlaps
 *
 * @throws FileError that says what is wrong.
 */
export async function readHeader(op: string, source: ByteSource): Promise<Header> {
  const broken = (what: string) => new FileError(`${op}: ${source.name}: ${what}`)
  const { text, dataStart } = await readHeaderText(source, broken)
  const json = parse(text, broken)
  const dataSize = source.size - dataStart
  const entries = new Map<string, Entry>()
  for (const [name, value] of Object.entries(json)) {
    if (name === metadataKey) continue
    entries.set(name, readEntry(name, value, dataSize, broken))
  }
  checkCover(entries, dataSize, broken)
  return { metadata: readMetadata(json, broken), entries, dataStart }
}

type Json = Readonly<Record<string, unknown>>

function parse(text: string, broken: Broken): Json {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw broken('its header is no JSON: it is no safetensors file, or broken')
  }
  if (!isRecord(json)) throw broken(`its header is ${shown(json)}, and no object`)
  const twice = repeatedKey(text)
  if (twice === undefined) return json
  throw broken(`its header has ${shown(twice)} twice`)
}

function readMetadata(json: Json, broken: Broken): Map<string, string> {
  const found = Object.hasOwn(json, metadataKey) ? json[metadataKey] : {}
  if (!isRecord(found)) throw broken(`its ${metadataKey} is ${shown(found)}`)
  const metadata = new Map<string, string>()
  for (const [key, text] of Object.entries(found)) {
    if (typeof text !== 'string') {
      throw broken(`in its ${metadataKey}, ${shown(key)} is ${shown(text)}, no string`)
    }
    metadata.set(key, text)
  }
  return metadata
}
