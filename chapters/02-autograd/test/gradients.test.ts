import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as autograd from '../src/index.ts'
import { gradcheck, gradgradcheck, Tensor } from '../src/index.ts'
import type { Call, Cases } from './operations/case.ts'
import { elementwise } from './operations/elementwise.ts'
import { functions } from './operations/functions.ts'
import { movement } from './operations/movement.ts'
import { notDifferentiable } from './operations/not-differentiable.ts'
import { picking } from './operations/picking.ts'
import { products } from './operations/products.ts'
import { reductions } from './operations/reductions.ts'

const concepts = { elementwise, reductions, products, movement, picking, functions }

/** Ways to look at a result, so that rules receive gradients that lie anyhow. */
const views: readonly ((y: Tensor) => Tensor)[] = [
  (y) => y,
  (y) => y.permute(y.shape.map((_, axis) => y.ndim - 1 - axis)),
  (y) => y.flip(y.shape.map((_, axis) => axis)),
  (y) => y.expand([2, ...y.shape]),
]

/** A call whose result is looked at in one of these ways. */
function seen(call: Call, n: number, way: number): (...xs: Tensor[]) => Tensor {
  return (...xs) => views[way](call(xs, n))
}

function check(cases: Cases, name: string, numRuns: number, same: typeof gradcheck) {
  for (const { inputs, call } of cases[name]) {
    const property = fc.property(inputs, fc.nat(11), fc.nat(3), (xs, n, way) => {
      same(seen(call, n, way), xs)
    })
    fc.assert(property, { numRuns })
  }
}

for (const [concept, cases] of Object.entries(concepts))
  describe(`${concept}: finite differences agree`, () => {
    for (const name of Object.keys(cases)) {
      test(`with the gradient of ${name}`, () => check(cases, name, 20, gradcheck))
      test(`with the second derivative of ${name}`, () =>
        check(cases, name, 10, gradgradcheck))
    }
  })

describe('every operation is among them', () => {
  const { functions: free, ...methods } = concepts

  test('each method of Tensor, unless it has no gradient', () => {
    const covered = Object.values(methods).flatMap(Object.keys)
    const others = Object.keys(notDifferentiable.methods)
    expect([...covered, ...others].sort()).toEqual(methodsOf(Tensor.prototype).sort())
  })

  test('each exported function, unless it has no gradient', () => {
    const covered = [...Object.keys(free), ...Object.keys(notDifferentiable.functions)]
    const exported = Object.entries(autograd)
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name)
    expect(covered.sort()).toEqual(exported.sort())
  })
})

/** The names of all public methods of an object, inherited ones too. */
function methodsOf(object: object): string[] {
  const names = new Set<string>()
  for (let level = object; level !== Object.prototype; ) {
    for (const name of Object.getOwnPropertyNames(level)) names.add(name)
    level = Object.getPrototypeOf(level)
  }
  names.delete('constructor')
  return [...names]
}
