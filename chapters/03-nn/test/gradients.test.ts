import { gradcheck, gradgradcheck } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import * as nn from '../src/index.ts'
import { activations } from './gradients/activations.ts'
import { check } from './gradients/check.ts'
import { layers } from './gradients/layers.ts'
import { losses } from './gradients/losses.ts'
import { recurrent } from './gradients/recurrent.ts'

const concepts = { activations, layers, losses, recurrent }

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
