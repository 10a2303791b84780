import { grad, Tensor, tensor } from '@deepdive/autograd'
import type { Device } from '@deepdive/tensor'
import {
  type Arrange,
  cotangent,
  type Expected,
  elementsOf,
  expectClose,
  layoutsOn,
  readFixture,
} from '@deepdive/testing'
import { expect, test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
import * as nn from '../src/index.ts'

/** A layer or function and what PyTorch answers, as tools/oracle/nn_case.py writes it. */
export interface LayerCase {
  readonly name: string
  readonly layer?: string
  readonly function?: string
  readonly args?: readonly unknown[]
  readonly options?: Options
  readonly state?: Readonly<Record<string, Expected>>
  /** False for eval mode. */
  readonly training?: boolean
  /** The inputs of calls before, in training mode. */
  readonly earlier?: readonly Expected[]
  readonly inputs: readonly Expected[]
  readonly arguments?: readonly number[]
  readonly forwardOptions?: Options
  readonly outputs: readonly (Expected | null)[]
  readonly inputGradients: readonly (Expected | null)[]
  readonly parameterGradients?: Readonly<Record<string, Expected>>
  /** What the layer remembers after the call, in running statistics. */
  readonly buffers?: Readonly<Record<string, Expected>>
}

type Options = Readonly<Record<string, unknown>>

/** Where the fixtures lie, and where layers and functions are looked up. */
export interface Chapter {
  readonly testUrl: string
  readonly layers: object
  readonly functions: object
}

const chapterThree: Chapter = {
  testUrl: import.meta.url,
  layers: nn,
  functions: nn.functional,
}

/**
 * Compares each layer and function of a fixture file, on `device`, with what PyTorch
 * computed, from inputs that lie in memory in all ways.
 */
export function describeLayers(
  device: Device,
  fixture: string,
  chapter = chapterThree,
): void {
  describeOn(device, `${fixture}: PyTorch computes the same`, () => {
    const cases = readFixture<LayerCase>(chapter.testUrl, fixture)
    for (const [n, layerCase] of cases.entries())
      test(layerCase.name, async () => {
        for (const [layout, arrange] of layoutsOn(device, n)) {
          const origin = `of inputs that lie ${layout}`
          await checkCase({ chapter, layerCase, arrange, origin })
        }
      })
  })
}

/** A case, and how its inputs lie in memory. */
interface Trial {
  readonly chapter: Chapter
  readonly layerCase: LayerCase
  readonly arrange: Arrange
  readonly origin: string
}

async function checkCase({ chapter, layerCase, arrange, origin }: Trial) {
  const module = layerCase.layer ? build(chapter.layers, layerCase) : null
  const inputs = layerCase.inputs.map((given) => {
    return tensorOf(given, given.dtype === 'float32', arrange)
  })
  const call: (...args: unknown[]) => unknown = module
    ? Reflect.get(module, 'forward')
    : Reflect.get(chapter.functions, layerCase.function ?? '')
  for (const given of layerCase.earlier ?? []) call(tensorOf(given))
  module?.train(layerCase.training ?? true)
  const forwardOptions = decodeOptions(layerCase.forwardOptions, arrange)
  const outputs = leavesOf(call(...argumentsOf(layerCase, inputs), ...forwardOptions))
  await compare(`output ${origin}`, outputs, layerCase.outputs)

  const parameters = [...(module?.namedParameters() ?? [])]
  const wanted = [...inputs, ...parameters.map(([, value]) => value)].filter(
    (x) => x.requiresGrad,
  )
  const gradients = gradientsOf(outputs, wanted)
  const at = (x: Tensor) => gradients.get(x) ?? null
  await compare(`input gradient ${origin}`, inputs.map(at), layerCase.inputGradients)
  await compare(
    `gradient of parameter ${origin}`,
    parameters.map(([, value]) => at(value)),
    parameters.map(([key]) => layerCase.parameterGradients?.[key] ?? null),
  )
  const buffers = new Map(module?.namedBuffers())
  const remembered = Object.entries(layerCase.buffers ?? {})
  expect([...buffers.keys()]).toEqual(remembered.map(([key]) => key))
  for (const [key, expected] of remembered)
    await compare(`buffer ${key}`, [buffers.get(key) ?? null], [expected])
}

/** What the call receives: an LSTM takes its two states as a pair. */
function argumentsOf(layerCase: LayerCase, inputs: readonly Tensor[]): unknown[] {
  const args = layerCase.arguments?.map((n) => inputs[n]) ?? [...inputs]
  const [x, ...states] = args
  return layerCase.layer === 'LSTM' && states.length > 0 ? [x, states] : args
}

/** A layer as the case describes it, holding the case's state under just its keys. */
function build(
  layers: object,
  { layer = '', args = [], options, state = {} }: LayerCase,
): nn.Module {
  const module = construct(layer, args, options, layers)
  expect(Object.keys(module.stateDict())).toEqual(Object.keys(state))
  module.loadStateDict(
    Object.fromEntries(
      Object.entries(state).map(([key, value]) => [key, tensorOf(value)]),
    ),
  )
  return module
}

/** `new layers[layer](...args, options)` */
export function construct(
  layer: string,
  args: readonly unknown[],
  options: Options = {},
  layers: object = nn,
): nn.Module {
  const Layer = Reflect.get(layers, layer)
  const module: unknown = new Layer(...args, ...decodeOptions(options))
  if (module instanceof nn.Module) return module
  throw new Error(`${layer} is no module`)
}

export function tensorOf(
  given: Expected,
  requiresGrad = false,
  arrange: Arrange = (x) => x,
): Tensor {
  const { array } = tensor(elementsOf(given), given.shape, { dtype: given.dtype })
  return new Tensor(arrange(array), requiresGrad)
}

/** One object of options, or nothing if there are none. */
function decodeOptions(options: Options = {}, arrange?: Arrange): Options[] {
  const entries = Object.entries(options).map(([key, value]) => {
    return [key, isEncoded(value) ? tensorOf(value, false, arrange) : value]
  })
  return entries.length > 0 ? [Object.fromEntries(entries)] : []
}

function isEncoded(value: unknown): value is Expected {
  return typeof value === 'object' && value !== null && 'dtype' in value
}

/** [output, [h, c]] as output, h, c, and { values, indices } as values, indices. */
function leavesOf(output: unknown): (Tensor | null)[] {
  if (output === null || output instanceof Tensor) return [output]
  if (typeof output === 'object') return Object.values(output).flatMap(leavesOf)
  throw new Error(`an output is ${String(output)}`)
}

/** What comes back if each output receives `cotangent`, all in one backward. */
function gradientsOf(outputs: readonly (Tensor | null)[], wanted: readonly Tensor[]) {
  const differentiable = outputs.filter((y) => y !== null).filter((y) => y.requiresGrad)
  const gradOutputs = differentiable.map((y) => tensor(cotangent(y.numel()), y.shape))
  const options = { gradOutputs, materializeGrads: true }
  const gradients = wanted.length > 0 ? grad(differentiable, wanted, options) : []
  return new Map(wanted.map((x, n) => [x, gradients[n]]))
}

async function compare(
  what: string,
  found: readonly (Tensor | null)[],
  expected: readonly (Expected | null)[],
): Promise<void> {
  expect(found.length, what).toBe(expected.length)
  for (const [n, want] of expected.entries()) {
    const have = found[n]
    if (want && have) expectClose(await have.cpu(), want, undefined, `${what} ${n}`)
    else expect(have, `${what} ${n}`).toBe(want)
  }
}
