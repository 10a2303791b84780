import type { gradcheck, Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import type { Cases } from '../../../02-autograd/test/operations/case.ts'

/** From back to front, so that rules receive a gradient that lies so. */
function reversed(y: Tensor): Tensor {
  const dims = y.shape.map((_, axis) => axis)
  return y.permute(dims.toReversed()).flip(dims)
}

/** Compares the gradients of a name's cases with finite differences. */
export function check(
  cases: Cases,
  name: string,
  numRuns: number,
  same: typeof gradcheck,
) {
  for (const { inputs, call } of cases[name]) {
    const property = fc.property(inputs, fc.nat(11), fc.boolean(), (xs, n, back) => {
      same(
        (...given) => (back ? reversed(call(given, n)) : call(given, n)),
        xs.length > 4 ? twoOf(xs, n) : xs,
      )
    })
    fc.assert(property, { numRuns })
  }
}

/** Of many inputs two at a time: all pairs of all elements would take minutes. */
function twoOf(xs: readonly Tensor[], n: number): Tensor[] {
  const chosen = [n % xs.length, (5 * n + 1) % xs.length]
  return xs.map((x, place) => (chosen.includes(place) ? x : x.detach()))
}
