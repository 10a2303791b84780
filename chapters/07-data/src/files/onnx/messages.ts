import type { DType, Shape, TypedArray } from '@deepdive/tensor'
import { float, type Message, nested, packed, text, whole } from './protobuf.ts'

// The messages of onnx.proto (https://github.com/onnx/onnx), as far as they are needed.

/** The dtypes here, and the one of ONNX for shapes and axes. */
export type OnnxDType = DType | 'int64'

/** Their numbers in TensorProto.DataType. */
export const dataTypes: Readonly<Record<OnnxDType, number>> = {
  float32: 1,
  float16: 10,
  int32: 6,
  int64: 7,
  bool: 9,
}

/** What a node is told beside its inputs. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly text: string }

/** One operation: what it reads, by the names of values, and what it makes. */
export interface OnnxNode {
  readonly type: string
  readonly name: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** Numbers that are known when the file is written: weights, shapes, axes. */
export interface Constant {
  readonly dtype: OnnxDType
  readonly shape: Shape
  readonly values: TypedArray | BigInt64Array
}

/** What goes in or comes out; an axis whose size is left open has a name. */
export interface Port {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly (number | string)[]
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  readonly constants: ReadonlyMap<string, Constant>
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
}

/** Of the time when LayerNormalization came, and before axes became inputs. */
export const opset = 17

/** ModelProto */
export function modelMessage(graph: OnnxGraph): Message {
  const irVersion = 8
  return [
    ...whole(1, irVersion),
    ...text(2, 'deepdive'),
    ...nested(7, graphMessage(graph)),
    ...nested(8, [...text(1, ''), ...whole(2, opset)]),
  ]
}

/** GraphProto */
function graphMessage({ nodes, constants, inputs, outputs }: OnnxGraph): Message {
  return [
    ...nodes.flatMap((node) => nested(1, nodeMessage(node))),
    ...text(2, 'model'),
    ...[...constants].flatMap((entry) => nested(5, tensorMessage(...entry))),
    ...inputs.flatMap((port) => nested(11, portMessage(port))),
    ...outputs.flatMap((port) => nested(12, portMessage(port))),
  ]
}

/** NodeProto */
function nodeMessage({ type, name, inputs, outputs, attributes }: OnnxNode): Message {
  return [
    ...inputs.flatMap((input) => text(1, input)),
    ...outputs.flatMap((output) => text(2, output)),
    ...text(3, name),
    ...text(4, type),
    ...Object.entries(attributes).flatMap((entry) =>
      nested(5, attributeMessage(...entry)),
    ),
  ]
}

/** AttributeProto, which ends with the kind of its value. */
function attributeMessage(name: string, value: Attribute): Message {
  const named = text(1, name)
  if ('float' in value) return [...named, ...float(2, value.float), ...whole(20, 1)]
  if ('int' in value) return [...named, ...whole(3, value.int), ...whole(20, 2)]
  if ('text' in value) return [...named, ...text(4, value.text), ...whole(20, 3)]
  return [...named, ...value.ints.flatMap((int) => whole(8, int)), ...whole(20, 7)]
}

/** TensorProto */
function tensorMessage(name: string, { dtype, shape, values }: Constant): Message {
  const { buffer, byteOffset, byteLength } = values
  return [
    ...packed(1, shape),
    ...whole(2, dataTypes[dtype]),
    ...text(8, name),
    ...nested(9, [new Uint8Array(buffer, byteOffset, byteLength)]),
  ]
}

/** ValueInfoProto */
function portMessage({ name, dtype, shape }: Port): Message {
  const dims = shape.flatMap((size) =>
    nested(1, typeof size === 'number' ? whole(1, size) : text(2, size)),
  )
  const tensor = [...whole(1, dataTypes[dtype]), ...nested(2, dims)]
  return [...text(1, name), ...nested(2, nested(1, tensor))]
}
