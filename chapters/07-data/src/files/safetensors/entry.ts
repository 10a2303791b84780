import { formatShape, sizeOf } from '@deepdive/tensor'
import { type Broken, isRecord, shown } from './broken.ts'
import { type Encoding, encodings } from './encodings.ts'

/** Where a tensor lies in a file, and in what form. */
export interface Entry {
  /** The format's name of the form, such as F32. */
  readonly dtype: string
  readonly encoding: Encoding
  readonly shape: readonly number[]
  /** Its first byte, counted from the start of the data. */
  readonly start: number
  readonly end: number
}

/**
 * A tensor's part of a header, `{"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}`,
 * held against the size of the data.
 */
export function readEntry(
  name: string,
  value: unknown,
  dataSize: number,
  broken: Broken,
): Entry {
  const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {}
  const encoding = typeof dtype === 'string' && encodings.get(dtype)
  if (!encoding) {
    const known = [...encodings.keys()].join(', ')
    throw broken(`${shown(name)} has dtype ${shown(dtype)}, which is none of ${known}`)
  }
  if (!areWhole(shape)) {
    throw broken(`${shown(name)} has shape ${shown(shape)}: it must be a list of sizes`)
  }
  if (!areWhole(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw broken(
      `${shown(name)} has data_offsets ${shown(offsets)}: they must be a start and an end`,
    )
  }
  const [start, end] = offsets
  if (end > dataSize) {
    throw broken(
      `${shown(name)} ends at byte ${end} of the data, which has ${dataSize}: the file ` +
        'is cut short, or broken',
    )
  }
  const needed = sizeOf(shape) * encoding.size
  if (needed === end - start) return { dtype, encoding, shape, start, end }
  throw broken(
    `${shown(name)} is ${dtype} ${formatShape(shape)}, which takes ${needed} bytes, but ` +
      `it has ${end - start}`,
  )
}

function areWhole(value: unknown): value is number[] {
  // −0 is no size either.
  const isWhole = (n: unknown) =>
    typeof n === 'number' && Number.isSafeInteger(n) && Object.is(n, Math.abs(n))
  return Array.isArray(value) && value.every(isWhole)
}

/** Refuses data that belongs to two tensors, or to none, where anything could hide. */
export function checkCover(
  entries: ReadonlyMap<string, Entry>,
  dataSize: number,
  broken: Broken,
): void {
  const inOrder = [...entries].sort(
    ([, a], [, b]) => a.start - b.start || a.end - b.end,
  )
  let covered = 0
  let last = ''
  for (const [name, { start, end }] of inOrder) {
    if (start < covered) throw broken(`${shown(last)} and ${shown(name)} overlap`)
    if (start > covered) {
      throw broken(`${start - covered} bytes before ${shown(name)} are no tensor's`)
    }
    covered = end
    last = name
  }
  if (covered === dataSize) return
  throw broken(`the last ${dataSize - covered} bytes are no tensor's`)
}
