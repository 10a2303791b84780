import type { SchemaElement, SchemaTree } from 'hyparquet'

/** A column of a Parquet file. */
export interface Field {
  readonly name: string
  /**
   * Whether its values are fractions, even where all of a batch are whole by chance.
   */
  readonly fractions: boolean
  /** Makes of a value as it is stored one that JavaScript works with. */
  readonly convert: (value: unknown) => unknown
}

/** The bytes of an image that is still to be decoded. */
export class EncodedImage {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}

/** The columns that a schema describes. */
export function fieldsOf(schema: SchemaTree): Field[] {
  return schema.children.map((node) => ({
    name: node.element.name,
    fractions: node.children.length === 0 && isFraction(node.element),
    convert: converter(node),
  }))
}

type Converter = Field['convert']

function converter(node: SchemaTree): Converter {
  const { children } = node
  if (children.length === 0) return orNull(number)
  if (isImage(node)) return orNull(image)
  if (isList(node.element)) return orNull(list(children[0].children[0] ?? children[0]))
  const parts = new Map(children.map((part) => [part.element.name, converter(part)]))
  const convertPart = ([name, value]: [string, unknown]) => [
    name,
    parts.get(name)?.(value),
  ]
  return orNull((value) =>
    Object.fromEntries(Object.entries(Object(value)).map(convertPart)),
  )
}

/** What is not there stays null. */
function orNull(convert: Converter): Converter {
  return (value) => (value === null || value === undefined ? null : convert(value))
}

/** 64 bits are a bigint to the reader, and a number where that is exact. */
function number(value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** A list of numbers is a typed array, so that lists of one length make a batch. */
function list(item: SchemaTree): Converter {
  const convert = converter(item)
  return (value) => {
    const items = Array.from(Object(value), convert)
    if (!items.every((part) => typeof part === 'number')) return items
    if (isFraction(item.element)) return Float32Array.from(items)
    return items.every((part) => part === (part | 0)) ? Int32Array.from(items) : items
  }
}

/** As Hugging Face stores an image: its bytes, or a path to where they are. */
function image(value: unknown): unknown {
  const bytes: unknown = Object(value).bytes
  return bytes instanceof Uint8Array ? new EncodedImage(bytes) : null
}

function isImage({ children }: SchemaTree): boolean {
  const names = children.map(({ element }) => element.name).sort()
  return names.join() === 'bytes,path'
}

function isList({ logical_type, converted_type }: SchemaElement): boolean {
  return logical_type?.type === 'LIST' || converted_type === 'LIST'
}

function isFraction({ type, logical_type, converted_type }: SchemaElement): boolean {
  if (type === 'FLOAT' || type === 'DOUBLE') return true
  return logical_type?.type === 'FLOAT16' || converted_type === 'DECIMAL'
}
