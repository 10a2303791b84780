import { Tensor } from '@deepdive/autograd'
import {
  cpu,
  type DType,
  describeValue,
  dtypeOfElements,
  type TypedArray,
  ValueError,
} from '@deepdive/tensor'
import { encodingOf } from './encodings.ts'
import { metadataKey } from './header.ts'

/** Words about a file, which its header holds beside the tensors. */
export type Metadata = Readonly<Record<string, string>>

interface Copy {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

/**
 * A safetensors file as the parts that it is made of, the header and each tensor's bytes.
 * What is copied is what tensors hold at the time of the call, whatever training does
 * before the promise is kept.
 *
 * @throws ValueError for what is no tensor.
 */
export async function encode(
  op: string,
  tensors: Iterable<readonly [name: string, tensor: unknown]>,
  metadata: Metadata,
): Promise<Uint8Array[]> {
  const copies = await Promise.all(Array.from(tensors, (entry) => copied(op, ...entry)))
  // Wide elements first: so all of them begin where their width divides the place.
  const inOrder = [...copies].sort((a, b) => width(b) - width(a))
  return [header(copies, inOrder, metadata), ...inOrder.map(({ bytes }) => bytes)]
}

async function copied(op: string, name: string, tensor: unknown): Promise<Copy> {
  if (!(tensor instanceof Tensor)) {
    throw new ValueError(
      `${op}: '${name}' is ${describeValue(tensor)}, no tensor: a checkpoint also holds ` +
        'other values',
    )
  }
  if (name === metadataKey) {
    throw new ValueError(`${op}: no tensor can be called ${name}: the format uses that`)
  }
  const { shape, device } = tensor
  // On the cpu at once; another device takes note of the copy, and is waited for.
  const values =
    device === cpu ? tensor.toTypedArray() : (await tensor.cpu()).toTypedArray()
  // A float16 is a float32 by now.
  return { name, dtype: dtypeOfElements(values), shape, bytes: bytesOf(values) }
}

function bytesOf({ buffer, byteOffset, byteLength }: TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function width({ dtype }: Copy): number {
  return dtype === 'bool' ? 1 : 4
}

/** Length and JSON, filled up with spaces so that the data begins at a multiple of 8. */
function header(
  copies: readonly Copy[],
  inOrder: readonly Copy[],
  metadata: Metadata,
): Uint8Array {
  const starts = new Map<Copy, number>()
  let end = 0
  for (const copy of inOrder) {
    starts.set(copy, end)
    end += copy.bytes.length
  }
  const entries = copies.map((copy): [string, unknown] => {
    const { name, dtype, shape, bytes } = copy
    const start = starts.get(copy) ?? 0
    const data_offsets = [start, start + bytes.length]
    return [name, { dtype: encodingOf[dtype], shape, data_offsets }]
  })
  const text = objectText([[metadataKey, metadata], ...entries])
  const json = new TextEncoder().encode(text)
  const length = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(8 + length).fill(0x20)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true)
  bytes.set(json, 8)
  return bytes
}

/** JSON of an object in the given order, in which JavaScript would not keep all keys. */
function objectText(entries: readonly (readonly [string, unknown])[]): string {
  const parts = entries.map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  )
  return `{${parts.join(',')}}`
}
