import { env, InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web'
import { nn, type Tensor } from '../src/index.ts'

env.logLevel = 'fatal'

/** A function of tensors as a model. */
export class Computed extends nn.Module {
  readonly #fn: (...inputs: Tensor[]) => unknown

  constructor(fn: (...inputs: Tensor[]) => unknown) {
    super()
    this.#fn = fn
  }

  forward(...inputs: Tensor[]): unknown {
    return this.#fn(...inputs)
  }
}

/** What ONNX Runtime says of a file. */
export interface Outcome {
  readonly inputNames: readonly string[]
  readonly inputShapes: readonly (readonly (number | string)[])[]
  readonly outputNames: readonly string[]
  readonly outputShapes: readonly (readonly (number | string)[])[]
  /** The outputs for each list of inputs. */
  readonly results: readonly (readonly OrtTensor[])[]
}

/** Runs a file on several lists of inputs. */
export async function runOnnx(
  bytes: Uint8Array,
  ...given: readonly (readonly Tensor[])[]
): Promise<Outcome> {
  const session = await InferenceSession.create(bytes)
  const { inputNames, outputNames } = session
  const results: OrtTensor[][] = []
  for (const inputs of given) {
    const feeds = inputNames.map((name, n) => [name, ofRuntime(inputs[n])])
    const outputs = await session.run(Object.fromEntries(feeds))
    results.push(outputNames.map((name) => outputs[name]))
  }
  const [inputShapes, outputShapes] = [
    session.inputMetadata,
    session.outputMetadata,
  ].map((ports) => ports.map((port) => (port.isTensor ? port.shape : [])))
  await session.release()
  return { inputNames, inputShapes, outputNames, outputShapes, results }
}

function ofRuntime(x: Tensor): OrtTensor {
  const values = x.toTypedArray()
  if (values instanceof Float32Array) return new OrtTensor('float32', values, x.shape)
  if (values instanceof Int32Array) return new OrtTensor('int32', values, x.shape)
  return new OrtTensor('bool', values, x.shape)
}

/** Throws where a result of ONNX Runtime is not as ours. */
export function expectSame(found: OrtTensor, wanted: Tensor, what: string): void {
  const is = `${found.type} [${found.dims}]`
  const should = `${wanted.dtype} [${wanted.shape}]`
  if (is !== should) throw new Error(`${what}: is ${is}, should be ${should}`)
  const values = wanted.toTypedArray()
  for (const [n, want] of values.entries()) {
    const have = Number(found.data[n])
    if (Object.is(have, want) || have === want) continue
    if (Math.abs(have - want) <= 1e-5 + 1e-5 * Math.abs(want)) continue
    throw new Error(`${what}: element ${n} is ${have}, should be ${want}`)
  }
}
