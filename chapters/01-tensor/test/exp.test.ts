import { expect, test } from 'vitest'
import { exp } from '../src/cpu/exp.ts'
import { array } from '../src/index.ts'

test('the quick exponential is as exact as a float32 can tell', () => {
  let worst = 0
  for (let x = -103; x < 88.7; x += 0.00731) {
    worst = Math.max(worst, Math.abs(exp(x) / Math.exp(x) - 1))
  }
  expect(worst).toBeLessThan(3e-10)
})

test('the exponential at the edges of float32', () => {
  const edges = [
    0,
    -0,
    88.72,
    88.73,
    1000,
    Infinity,
    -103.9,
    -104,
    -1000,
    -Infinity,
    NaN,
  ]
  const expected = Float32Array.from(edges, (x) => Math.exp(Math.fround(x)))
  expect(array(edges).exp().toTypedArray()).toEqual(expected)
})
