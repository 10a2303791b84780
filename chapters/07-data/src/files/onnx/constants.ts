import type { Tensor } from '@deepdive/autograd'
import type { Model } from '@deepdive/nn'
import type { NDArray } from '@deepdive/tensor'
import type { Constant } from './messages.ts'
import type { Recording, Run } from './recording.ts'

/** What a graph reads without computing it, by its array, and under which name. */
export type Constants = ReadonlyMap<NDArray, Constant & { readonly name: string }>

/**
 * The weights of a model, under their keys, and whatever else its steps read that none of
 * them made, which has no name: with the values, which are waited for.
 */
export async function readConstants(
  model: Model,
  recordings: readonly Recording[],
): Promise<Constants> {
  const names = new Map<NDArray, string>()
  for (const { inputs, outputs, run } of recordings) {
    const known = new Set(inputs.map(({ array }) => array))
    for (const { array } of unmade(run, known)) names.set(array, '')
    for (const { array } of outputs) if (!known.has(array)) names.set(array, '')
  }
  for (const named of [model.namedBuffers(), model.namedParameters()]) {
    for (const [name, { array }] of named) names.set(array, name)
  }
  const read = Array.from(names, async ([array, name]) => {
    const { dtype, shape } = array
    const values = (await array.cpu()).toTypedArray()
    return [array, { name, dtype, shape, values }] as const
  })
  return new Map(await Promise.all(read))
}

/** The inputs of steps that are not known; what a step makes, is known after it. */
function* unmade(run: Run, known: Set<NDArray>): Generator<Tensor> {
  for (const part of run.parts) {
    if ('module' in part) {
      yield* unmade(part, known)
      continue
    }
    for (const input of part.inputs) if (!known.has(input.array)) yield input
    known.add(part.output.array)
  }
}
