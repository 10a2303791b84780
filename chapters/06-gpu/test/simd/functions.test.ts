import { cpu, NDArray, type TypedArray, type UnaryOp } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import '../simd.setup.ts'
import { distance, sweep, truth, usual } from '../truth.ts'

function apply(op: UnaryOp, values: Float32Array): TypedArray {
  const x = NDArray.from(values, [values.length], cpu)
  return x.unary(op).toTypedArray()
}

describe('a function of float32 is at most 3 ulp from the truth', () => {
  const numbers = [sweep(), usual()]
  test.each(truth)('%s', (op, f) => {
    for (const values of numbers) {
      const found = apply(op, values)
      let [worst, at] = [0, 0]
      found.forEach((y, n) => {
        const d = distance(y, f(values[n]))
        if (d > worst) [worst, at] = [d, values[n]]
      })
      expect(worst, `at ${at}`).toBeLessThan(3)
    }
  })
})

describe('a function of what is at an edge is what it should be', () => {
  const tiny = 2 ** -149
  const edges = [0, -0, Infinity, -Infinity, Number.NaN, tiny, -tiny]
  test.each(truth)('%s', (op, f) => {
    const wanted = Array.from(edges, (x) => Math.fround(f(x)))
    expect(Array.from(apply(op, Float32Array.from(edges)))).toEqual(wanted)
  })

  test('and so where it is surrounded by others, in every place of a vector', () => {
    for (let place = 0; place < 8; place++) {
      const values = new Float32Array(8).fill(1)
      values[place] = 1e30
      const found = apply('sin', values)
      found.forEach((y, n) => {
        expect(y).toBeCloseTo(Math.sin(values[n]), 6)
      })
    }
  })
})
