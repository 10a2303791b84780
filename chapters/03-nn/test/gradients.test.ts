import { gradcheck, gradgradcheck, type Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cases } from '../../02-autograd/test/operations/case.ts'
import * as nn from '../src/index.ts'
import { activations } from './gradients/activations.ts'
import { layers } from './gradients/layers.ts'
import { losses } from './gradients/losses.ts'
import { recurrent } from './gradients/recurrent.ts'

const concepts = { activations, layers, losses, recurrent }

/** From back to front, so that rules receive a gradient that lies so. */
function reversed(y: Tensor): Tensor {
  const dims = y.shape.map((_, axis) => axis)
  return y.permute(dims.toReversed()).flip(dims)
}

function check(cases: Cases, name: string, numRuns: number, same: typeof gradcheck) {
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

for (const [concept, cases] of Object.entries(concepts))
  describe(`${concept}: finite differences agree`, () => {
    for (const name of Object.keys(cases)) {
      test(`with the gradient of ${name}`, () => check(cases, name, 20, gradcheck))
      test(`with the second derivative of ${name}`, () =>
        check(cases, name, 10, gradgradcheck))
    }
  })

test('every function of the chapter is among them, unless it has no gradient', () => {
  const { functional, ...others } = nn
  const functions = Object.entries({ ...functional, ...others })
    .filter(([, value]) => typeof value === 'function')
    .filter(([name]) => /^[a-z]/.test(name))
    .map(([name]) => name)
  const covered = Object.values(concepts).flatMap(Object.keys)
  const exempt = ['summary'] // makes a text
  const inLayers = ['RNN', 'LSTM', 'GRU']
  expect([...covered, ...exempt].sort()).toEqual([...functions, ...inLayers].sort())
})
