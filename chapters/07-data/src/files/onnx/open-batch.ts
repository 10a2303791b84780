import { cat, noGrad, type Tensor } from '@deepdive/autograd'
import type { Model } from '@deepdive/nn'
import { sameShape } from '@deepdive/tensor'
import type { Constants } from './constants.ts'
import type { OnnxGraph } from './messages.ts'
import { otherShapes } from './open-sizes.ts'
import type { PortNames } from './ports.ts'
import { type Recording, record } from './recording.ts'
import { translate } from './translation.ts'

/** What the model does on the inputs; and on more of them, unless it refuses these. */
export function recordBoth(model: Model, inputs: readonly Tensor[]) {
  const modes = model.modules().map((module) => [module, module.training] as const)
  model.eval()
  try {
    return noGrad(() => ({
      one: record(model, inputs),
      larger: recordLarger(model, inputs),
    }))
  } finally {
    for (const [module, training] of modes) module.training = training
  }
}

function recordLarger(model: Model, inputs: readonly Tensor[]): Recording | null {
  try {
    return record(model, inputs.map(grown))
  } catch {
    return null
  }
}

/** The same, with one more along axis 0. */
function grown(x: Tensor): Tensor {
  return x.ndim === 0 || x.size(0) === 0 ? x : cat([x, x.narrow(0, 0, 1)])
}

/** A graph for batches of any size; null where a larger one would be another graph. */
export function withOpenBatch(
  one: Recording,
  larger: Recording,
  constants: Constants,
  names: PortNames,
): OnnxGraph | null {
  const there = otherShapes(one, larger)
  const back = otherShapes(larger, one)
  if (!there || !back) return null
  const graph = translate(one, there, constants, names)
  const other = translate(larger, back, constants, names)
  return isSame(graph, other) ? graph : null
}

function isSame(a: OnnxGraph, b: OnnxGraph): boolean {
  if (JSON.stringify(a.nodes) !== JSON.stringify(b.nodes)) return false
  return [...a.constants].every(([name, { shape, values }]) => {
    const other = b.constants.get(name)
    if (!other || !sameShape(shape, other.shape)) return false
    if (values === other.values) return true
    return values.every((value: number | bigint, n: number) =>
      Object.is(value, other.values[n]),
    )
  })
}
