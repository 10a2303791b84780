/** A field of a message: its number, and a whole number or bytes. */
type Field = readonly [number: number, value: number | Uint8Array]

/** The fields of a message, read by the rules of Protocol Buffers alone. */
function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const tag = varint()
    const form = tag % 8
    if (![0, 2, 5].includes(form)) throw new Error(`there is no form ${form}`)
    const value = form === 0 ? varint() : take(form === 5 ? 4 : varint())
    fields.push([Math.floor(tag / 8), value])
  }
  return fields
}

function bytesIn(message: Uint8Array, wanted: number): Uint8Array[] {
  return fieldsOf(message).flatMap(([number, value]) =>
    number === wanted && typeof value !== 'number' ? [value] : [],
  )
}

function textIn(message: Uint8Array, wanted: number): string {
  return new TextDecoder().decode(bytesIn(message, wanted)[0])
}

/** The kinds and names of nodes, and the names of constants, in an ONNX file. */
export function readOnnx(file: Uint8Array) {
  const [graph] = bytesIn(file, 7)
  const nodes = bytesIn(graph, 1)
  return {
    kinds: nodes.map((node) => textIn(node, 4)),
    names: nodes.map((node) => textIn(node, 3)),
    constants: bytesIn(graph, 5).map((tensor) => textIn(tensor, 8)),
  }
}
