/**
 * A message of Protocol Buffers, the form in which ONNX files are written, in pieces: its
 * fields one after another, each a tag (the field's number, and in what form it comes) and
 * a value. Pieces are not joined, so that large tensors are not copied.
 */
export type Message = readonly Uint8Array[]

/**
 * A whole number, seven bits a byte, the lowest first; the eighth bit says that more
 * follow. A negative one is what 64 bits make of it.
 *
 *     300 = 10 0101100  →  1 0101100  0 0000010
 */
function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return Uint8Array.of(...bytes, Number(rest))
}

const forms = { whole: 0, bytes: 2, float: 5 }

function tag(field: number, form: keyof typeof forms): Uint8Array {
  return varint(field * 8 + forms[form])
}

export function whole(field: number, value: number): Message {
  return [tag(field, 'whole'), varint(value)]
}

export function float(field: number, value: number): Message {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return [tag(field, 'float'), bytes]
}

/** A message within another, or bytes of any kind, after their length. */
export function nested(field: number, message: Message): Message {
  return [tag(field, 'bytes'), varint(lengthOf(message)), ...message]
}

export function text(field: number, value: string): Message {
  return nested(field, [new TextEncoder().encode(value)])
}

/** Numbers in one field: of those known to be many, tags would be most of it. */
export function packed(field: number, values: readonly number[]): Message {
  return nested(field, values.map(varint))
}

export function lengthOf(message: Message): number {
  return message.reduce((sum, { length }) => sum + length, 0)
}
