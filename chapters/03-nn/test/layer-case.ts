import { grad, Tensor, tensor } from '@deepdive/autograd'
import {
  cotangent,
  type Expected,
  elementsOf,
  expectClose,
  type Arrange as Layout,
  layouts,
  readFixture,
  type Tolerance,
} from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
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

/** The arguments of a layer's call, where they are not simply its inputs. */
export type Arrange = (inputs: readonly Tensor[], layerCase: LayerCase) => unknown[]

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
 * Compares each layer and function of a fixture file with what PyTorch computed, from
 * inputs that lie in memory in all ways.
 */
export function describeLayers(
  fixture: string,
  arrange: Arrange = (inputs) => [...inputs],
  tolerances: Readonly<Record<string, Tolerance>> = {},
  chapter = chapterThree,
): void {
  const cases = readFixture<LayerCase>(chapter.testUrl, fixture)
  describe(`what PyTorch computes for ${fixture}`, () => {
    test('the tolerances that differ are those of cases', () => {
      const names = cases.map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(Object.keys(tolerances)))
    })
    for (const layerCase of cases)
      test(layerCase.name, () => {
        for (const [layout, lay] of Object.entries(layouts)) {
          const origin = `of inputs that lie ${layout}`
          checkCase(
            { chapter, layerCase, arrange, lay, origin },
            tolerances[layerCase.name],
          )
        }
      })
  })
}

/** A case, how its inputs are arranged as arguments, and how they lie in memory. */
interface Trial {
  readonly chapter: Chapter
  readonly layerCase: LayerCase
  readonly arrange: Arrange
  readonly lay: Layout
  readonly origin: string
}

function checkCase(
  { chapter, layerCase, arrange, lay, origin }: Trial,
  tolerance?: Tolerance,
): void {
  const module = layerCase.layer ? build(chapter.layers, layerCase) : null
  const inputs = layerCase.inputs.map((given) => {
    return tensorOf(given, given.dtype === 'float32', lay)
  })
  const args = layerCase.arguments?.map((n) => inputs[n]) ?? inputs
  const forwardOptions = decodeOptions(layerCase.forwardOptions, lay)
  const call: (...args: unknown[]) => unknown = module
    ? Reflect.get(module, 'forward')
    : Reflect.get(chapter.functions, layerCase.function ?? '')
  for (const given of layerCase.earlier ?? []) call(tensorOf(given))
  module?.train(layerCase.training ?? true)
  const outputs = leavesOf(call(...arrange(args, layerCase), ...forwardOptions))
  compare(`output ${origin}`, outputs, layerCase.outputs, tolerance)

  const parameters = [...(module?.namedParameters() ?? [])]
  const wanted = [...inputs, ...parameters.map(([, value]) => value)].filter(
    (x) => x.requiresGrad,
  )
  const gradients = gradientsOf(outputs, wanted)
  const at = (x: Tensor) => gradients.get(x) ?? null
  compare(
    `input gradient ${origin}`,
    inputs.map(at),
    layerCase.inputGradients,
    tolerance,
  )
  compare(
    `gradient of parameter ${origin}`,
    parameters.map(([, value]) => at(value)),
    parameters.map(([key]) => layerCase.parameterGradients?.[key] ?? null),
    tolerance,
  )
  const buffers = new Map(module?.namedBuffers())
  const remembered = Object.entries(layerCase.buffers ?? {})
  expect([...buffers.keys()]).toEqual(remembered.map(([key]) => key))
  for (const [key, expected] of remembered)
    compare(`buffer ${key}`, [buffers.get(key) ?? null], [expected], tolerance)
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
  lay: Layout = (x) => x,
): Tensor {
  const { array } = tensor(elementsOf(given), given.shape, { dtype: given.dtype })
  return new Tensor(lay(array), requiresGrad)
}

/** One object of options, or nothing if there are none. */
function decodeOptions(options: Options = {}, lay?: Layout): Options[] {
  const entries = Object.entries(options).map(([key, value]) => {
    return [key, isEncoded(value) ? tensorOf(value, false, lay) : value]
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

function compare(
  what: string,
  found: readonly (Tensor | null)[],
  expected: readonly (Expected | null)[],
  tolerance?: Tolerance,
): void {
  expect(found.length, what).toBe(expected.length)
  expected.forEach((want, n) => {
    const have = found[n]
    if (want && have) expectClose(have, want, tolerance, `${what} ${n}`)
    else expect(have, `${what} ${n}`).toBe(want)
  })
}
