import type { DType } from '@deepdive/tensor'
import type { Attribute, Constant, OnnxNode } from './messages.ts'
import { dataTypes } from './messages.ts'
import type { Value } from './value.ts'

/** What a node is told: a number alone is a whole one. */
type Attributes = Readonly<Record<string, Attribute | number | readonly number[]>>

/** An input by its name or as a value; null leaves out one that may be left out. */
export type Input = string | Value | null

/** Collects the nodes of a graph and the constants that they read. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = []
  readonly constants = new Map<string, Constant>()
  /** Where in the model new nodes belong, which is part of their names. */
  place = ''
  readonly #taken = new Set<string>()

  /** Adds a node, and returns the name of what it makes. */
  add(type: string, inputs: readonly Input[], attributes: Attributes = {}): string {
    return this.addWide(type, inputs, attributes, 1)[0]
  }

  /** Adds a node that makes several values. */
  addWide(
    type: string,
    inputs: readonly Input[],
    attributes: Attributes,
    count: number,
  ): string[] {
    const name = this.free(this.place === '' ? type : `${this.place}/${type}`)
    const others = Array.from({ length: count - 1 }, (_, n) => `${name}:${n + 1}`)
    return this.addNamed(type, inputs, [name, ...others], attributes)
  }

  /** Adds a node that makes values of the given names. */
  addNamed(
    type: string,
    inputs: readonly Input[],
    outputs: string[],
    attributes: Attributes = {},
  ): string[] {
    const entries = Object.entries(attributes).map(([key, value]) => {
      return [key, attributeOf(value)] as const
    })
    this.nodes.push({
      type,
      name: outputs[0],
      inputs: inputs.map(nameOf),
      outputs,
      attributes: Object.fromEntries(entries),
    })
    return outputs
  }

  /** Whole numbers for shapes and axes, in a list or alone. */
  ints(numbers: number | readonly number[]): string {
    const list = [numbers].flat()
    const shape = typeof numbers === 'number' ? [] : [list.length]
    const values = BigInt64Array.from(list, BigInt)
    const name = typeof numbers === 'number' ? numbers : `[${list}]`
    return this.constant(`int64:${name}`, { dtype: 'int64', shape, values })
  }

  /** A number as an operand beside tensors of a dtype. */
  number(value: number, dtype: DType): string {
    const values = dtype === 'float32' ? Float32Array.of(value) : Int32Array.of(value)
    const stored = dtype === 'bool' ? Uint8Array.of(value) : values
    return this.constant(`${dtype}:${value}`, { dtype, shape: [], values: stored })
  }

  /** Each constant once, under a name. */
  constant(name: string, constant: Constant): string {
    this.constants.set(name, constant)
    return name
  }

  /** A value as another dtype; itself if it is so already. */
  cast(value: Value, dtype: DType): string {
    return value.dtype === dtype ? value.name : this.convert(value.name, dtype)
  }

  convert(name: string, dtype: DType): string {
    return this.add('Cast', [name], { to: dataTypes[dtype] })
  }

  /** A name that nothing has yet, as near to the one wanted as can be. */
  free(wanted: string): string {
    let name = wanted
    for (let n = 2; this.#taken.has(name); n++) name = `${wanted}_${n}`
    this.#taken.add(name)
    return name
  }
}

function nameOf(input: Input): string {
  if (input === null) return ''
  return typeof input === 'string' ? input : input.name
}

function attributeOf(value: Attribute | number | readonly number[]): Attribute {
  if (typeof value === 'number') return { int: value }
  return isList(value) ? { ints: value } : value
}

function isList(value: Attribute | readonly number[]): value is readonly number[] {
  return Array.isArray(value)
}
