import type { Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import type { Cases } from '../../../../02-autograd/test/operations/case.ts'

/** Something to differentiate, and where. */
export interface Attempt {
  readonly inputs: readonly Tensor[]
  readonly run: (inputs: readonly Tensor[]) => Tensor
}

/** Attempts by the name of the function that they are about. */
export type Attempts = Readonly<Record<string, fc.Arbitrary<Attempt>>>

/** Ways to look at a result, so that rules receive gradients that lie anyhow. */
const views: readonly ((y: Tensor) => Tensor)[] = [
  (y) => y,
  (y) => y.permute(y.shape.map((_, axis) => y.ndim - 1 - axis)),
  (y) => y.flip(y.shape.map((_, axis) => axis)),
  (y) => y.expand([2, ...y.shape]),
]

/** What finite differences are compared with in chapters 2 and 3. */
export function attemptsOf(cases: Cases): Attempts {
  const entries = Object.entries(cases).map(([name, list]) => {
    const attempts = list.map(({ inputs, call }) =>
      fc.tuple(inputs, fc.nat(11), fc.nat(3)).map(([inputs, n, way]) => ({
        inputs,
        run: (inputs: readonly Tensor[]) => views[way](call(inputs, n)),
      })),
    )
    return [name, fc.oneof(...attempts)]
  })
  return Object.fromEntries(entries)
}
