import { ValueError } from '@deepdive/tensor'
import type { Port } from './messages.ts'
import type { Recording } from './recording.ts'
import { isOpen, type Value } from './value.ts'

export interface ExportOptions {
  /** What the inputs are called. Default: `input`, or `input_0`, `input_1`, … */
  readonly inputNames?: readonly string[]
  /** What the outputs are called. Default: `output`, or `output_0`, `output_1`, … */
  readonly outputNames?: readonly string[]
}

/** What inputs and outputs are called. */
export interface PortNames {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

export function namesOf(
  { inputs, outputs }: Recording,
  options: ExportOptions,
): PortNames {
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => (count === 1 ? name : `${name}_${n}`))
  const names = {
    inputs: options.inputNames ?? numbered('input', inputs.length),
    outputs: options.outputNames ?? numbered('output', outputs.length),
  }
  checkNames('inputNames', names.inputs, inputs.length)
  checkNames('outputNames', names.outputs, outputs.length)
  const twice = names.outputs.find((name) => names.inputs.includes(name))
  if (twice === undefined) return names
  throw new ValueError(`exportOnnx: '${twice}' is the name of an input and an output`)
}

function checkNames(option: string, names: readonly string[], count: number): void {
  const named = new Set(names.filter((name) => name !== ''))
  if (names.length === count && named.size === count) return
  throw new ValueError(
    `exportOnnx: ${option} are ${names.join(', ')}: they must be ${count} different names`,
  )
}

/** An open size is that of the batch, or has a name of its own. */
export function portOf(value: Value, batch: Value): Port {
  const { name, dtype, shape, other } = value
  const sizes = shape.map((size, axis) => {
    if (!isOpen(value, axis)) return size
    const isBatch = size === batch.shape[0] && other[axis] === batch.other[0]
    return isBatch ? 'batch' : `${name}_size_${axis}`
  })
  return { name, dtype, shape: sizes }
}
