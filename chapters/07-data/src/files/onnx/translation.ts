import { type Step, Tensor } from '@deepdive/autograd'
import { DTypeError, type NDArray, ValueError } from '@deepdive/tensor'
import type { Constants } from './constants.ts'
import { finishGraph } from './finish-graph.ts'
import { GraphBuilder } from './graph-builder.ts'
import { writeLayer } from './layer-rules.ts'
import type { OnnxGraph } from './messages.ts'
import type { OtherShapes } from './open-sizes.ts'
import { type PortNames, portOf } from './ports.ts'
import type { Recording, Run } from './recording.ts'
import { rules } from './rules/all.ts'
import { Settings } from './settings.ts'
import type { Value } from './value.ts'

/**
 * What a model did, as a graph.
 *
 * @throws ValueError that names an operation which cannot be exported.
 */
export function translate(
  recording: Recording,
  others: OtherShapes,
  constants: Constants,
  names: PortNames,
): OnnxGraph {
  const translation = new Translation(constants, others, names)
  const inputs = recording.inputs.map(({ array }, n) => {
    return translation.made(array, names.inputs[n])
  })
  translation.write(recording.run)
  const outputs = recording.outputs.map((tensor) => translation.valueOf(tensor))
  const ports = (values: readonly Value[], called: readonly string[]) =>
    values.map((value, n) => portOf({ ...value, name: called[n] }, inputs[0]))
  return finishGraph(
    translation.graph,
    ports(inputs, names.inputs),
    ports(outputs, names.outputs),
    outputs.map(({ name }) => name),
  )
}

class Translation {
  readonly graph = new GraphBuilder()
  readonly #constants: Constants
  readonly #others: OtherShapes
  readonly #values = new Map<NDArray, Value>()

  constructor(constants: Constants, others: OtherShapes, names: PortNames) {
    this.#constants = constants
    this.#others = others
    for (const name of [...names.inputs, ...names.outputs]) this.graph.free(name)
  }

  /** Notes under which name an array is found. */
  made(array: NDArray, name: string): Value {
    const value = { ...this.#unnamed(array), name }
    this.#values.set(array, value)
    return value
  }

  #unnamed(array: NDArray): Omit<Value, 'name'> {
    const { dtype, shape } = array
    if (dtype === 'float16') {
      throw new DTypeError(
        'exportOnnx: the model computes in float16, whose numbers are written nowhere: ' +
          "use model.to('float32') and inputs of float32",
      )
    }
    return { dtype, shape, other: this.#others.get(array) ?? shape }
  }

  valueOf({ array }: Tensor): Value {
    return this.#values.get(array) ?? this.made(array, this.#constant(array))
  }

  #constant(array: NDArray): string {
    const constant = this.#constants.get(array)
    if (!constant) {
      throw new ValueError(
        'exportOnnx: a tensor that was made inside a layer is used outside of it: let ' +
          'the layer return it',
      )
    }
    const { dtype, shape, values } = constant
    if (constant.name === '' && shape.length === 0) {
      return this.graph.number(Number(values[0]), array.dtype)
    }
    const name = this.graph.free(constant.name || 'constant')
    return this.graph.constant(name, { dtype, shape, values })
  }

  write(run: Run): void {
    this.graph.place = run.path
    if (this.#writeLayer(run)) return
    for (const part of run.parts) {
      if ('module' in part) this.write(part)
      else this.#writeStep(part, run)
      this.graph.place = run.path
    }
  }

  #writeLayer({ module, inputs, output }: Run): boolean {
    const [x, ...others] = inputs
    if (!(x instanceof Tensor && output instanceof Tensor) || others.length > 0) {
      return false
    }
    const name = writeLayer(module, {
      graph: this.graph,
      x: this.valueOf(x),
      weight: (tensor) => this.valueOf(tensor).name,
    })
    if (name === undefined) return false
    this.made(output.array, name)
    return true
  }

  #writeStep({ op, inputs, output }: Step, { module, path }: Run): void {
    const name = rules.get(op.name)?.({
      graph: this.graph,
      inputs: inputs.map((input) => this.valueOf(input)),
      output: this.#unnamed(output.array),
      settings: new Settings(op),
    })
    if (name === undefined) {
      const error = new ValueError(
        `exportOnnx: ${op.name} cannot be exported: there is no rule that says it in ONNX`,
      )
      error.locate(path === '' ? module.describe() : `${path} (${module.describe()})`)
      throw error
    }
    this.made(output.array, name)
  }
}
