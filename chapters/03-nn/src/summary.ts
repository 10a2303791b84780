import { noGrad, Tensor, zeros } from '@deepdive/autograd'
import {
  type DType,
  describeValue,
  formatShape,
  formatTable,
  type Shape,
  ValueError,
} from '@deepdive/tensor'
import type { Module } from './module.ts'
import type { Parameter } from './parameter.ts'

/** A module that can be tried on tensors; what else it takes, it can do without. */
export interface Model extends Module {
  forward(x: Tensor, ...others: never[]): unknown
}

export interface SummaryOptions {
  /**
   * What the model takes: 'int32' for one that begins with Embedding. Default:
   * 'float32'.
   */
  readonly dtype?: DType
}

/**
 * A table of a model's layers with the shapes of their outputs and the number of their
 * own parameters, shared ones counted where they are met first. The model runs once on
 * zeros of `inputShape`, a list of shapes where there are several inputs, in evaluation
 * mode and without a graph, and is left as it was.
 *
 * @throws ValueError where the shape is missing, or no list of sizes.
 * @example
 * const model = new Sequential({
 *   fc1: new Linear(784, 128),
 *   act: new ReLU(),
 *   fc2: new Linear(128, 10),
 * })
 * summary(model, [1, 784])
 * // → layer  kind              output    parameters
 * //   ─────────────────────────────────────────────
 * //          Sequential        [1, 10]
 * //   fc1    Linear 784 → 128  [1, 128]     100,480
 * //   act    ReLU              [1, 128]
 * //   fc2    Linear 128 → 10   [1, 10]        1,290
 * //   ─────────────────────────────────────────────
 * //   101,770 parameters, all trainable
 */
export function summary(
  model: Model,
  inputShape: Shape | readonly Shape[],
  { dtype = 'float32' }: SummaryOptions = {},
): string {
  const outputs = observe(model, shapesOf(inputShape), dtype)
  const counted = new Set<Parameter>()
  const rows = [...model.namedModules()].map(([path, module]) => [
    path,
    module.describe(),
    outputs.get(module)?.join(', then ') ?? 'not used',
    countOwn(module, counted),
  ])
  const header = ['layer', 'kind', 'output', 'parameters']
  return formatTable(header, rows, {
    right: [header.length - 1],
    footer: totals(model.parameters()),
  })
}

/** One shape for each input. */
function shapesOf(given: unknown): readonly Shape[] {
  if (isShape(given)) return [given]
  if (Array.isArray(given) && given.every(isShape)) return given
  throw new ValueError(
    'summary: the input shape must be a list of sizes, such as [1, 784], or one such ' +
      `list for each input, not ${describeValue(given)}`,
  )
}

function isShape(value: unknown): value is Shape {
  return Array.isArray(value) && value.every((size) => typeof size === 'number')
}

/** Runs the model, and gives what each module made: once for each time it was used. */
function observe(
  model: Model,
  shapes: readonly Shape[],
  dtype: DType,
): ReadonlyMap<Module, readonly string[]> {
  const device = model.parameters()[0]?.device
  const inputs = shapes.map((shape) =>
    zeros(shape, { dtype, ...(device && { device }) }),
  )
  const outputs = new Map<Module, string[]>()
  const modules = model.modules()
  const modes = modules.map(({ training }) => training)
  const removers = modules.map((module) =>
    module.registerForwardHook((_, __, output) => {
      outputs.set(module, [...(outputs.get(module) ?? []), describe(output)])
    }),
  )
  try {
    noGrad(() => Reflect.apply(model.eval().forward, model, inputs))
  } finally {
    for (const remove of removers) remove()
    for (const [n, module] of modules.entries()) module.training = modes[n]
  }
  return outputs
}

/** `[1, 10]` for a tensor; `([1, 10], [1, 8])` for a list of them, and so on. */
function describe(output: unknown): string {
  if (output instanceof Tensor) return formatShape(output.shape)
  if (Array.isArray(output)) return `(${output.map(describe).join(', ')})`
  if (typeof output !== 'object' || output === null) return String(output)
  const entries = Object.entries(output)
  return `{ ${entries.map(([name, item]) => `${name}: ${describe(item)}`).join(', ')} }`
}

/** The size of a module's own parameters, less those that were counted before. */
function countOwn(module: Module, counted: Set<Parameter>): string {
  const own = module.parameters({ recurse: false })
  const fresh = own.filter((parameter) => !counted.has(parameter))
  for (const parameter of fresh) counted.add(parameter)
  if (own.length === 0) return ''
  return fresh.length === 0 ? 'shared' : formatCount(sizeOf(fresh))
}

function totals(parameters: readonly Parameter[]): string {
  const all = sizeOf(parameters)
  const trainable = sizeOf(parameters.filter(({ requiresGrad }) => requiresGrad))
  if (all === 0) return 'no parameters'
  const share = trainable === all ? 'all' : trainable === 0 ? 'none' : null
  return `${formatCount(all)} parameters, ${share ?? formatCount(trainable)} trainable`
}

function sizeOf(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, parameter) => sum + parameter.numel(), 0)
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}
