import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arange } from '../src/index.ts'

/** What Python's `list(range(extent))[start:stop:step]` gives, by its definition. */
function pythonSlice(
  extent: number,
  start: number | null,
  stop: number | null,
  step: number,
): number[] {
  const fromEnd = (bound: number) => (bound < 0 ? bound + extent : bound)
  const result: number[] = []
  if (step > 0) {
    const first = start === null ? 0 : Math.max(0, fromEnd(start))
    const end = stop === null ? extent : Math.min(extent, fromEnd(stop))
    for (let n = first; n < end; n += step) result.push(n)
  } else {
    const first = start === null ? extent - 1 : Math.min(extent - 1, fromEnd(start))
    const end = stop === null ? -1 : Math.max(-1, fromEnd(stop))
    for (let n = first; n > end; n += step) result.push(n)
  }
  return result
}

const extent = fc.integer({ min: 0, max: 13 })
const bound = fc.option(fc.integer({ min: -20, max: 20 }))
const step = fc.integer({ min: -5, max: 5 }).filter((n) => n !== 0)

describe('a slice takes what Python takes', () => {
  test('from any start to any stop by any step, negative ones too', () => {
    fc.assert(
      fc.property(extent, bound, bound, step, (length, start, stop, by) => {
        const expected = pythonSlice(length, start, stop, by)
        expect(arange(length).slice(0, start, stop, by).toArray()).toEqual(expected)
        expect(arange(length).at([start, stop, by]).toArray()).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  test('from a slice of a slice', () => {
    fc.assert(
      fc.property(extent, bound, step, bound, step, (length, a, by, b, then) => {
        const first = pythonSlice(length, a, null, by)
        const expected = pythonSlice(first.length, null, b, then).map((n) => first[n])
        const x = arange(length).slice(0, a, null, by).slice(0, null, b, then)
        expect(x.toArray()).toEqual(expected)
      }),
    )
  })

  test('along the axis that is named, and no other', () => {
    const x = arange(12).reshape([3, 4])
    expect(x.slice(1, -3, -1).toArray()).toEqual([
      [1, 2],
      [5, 6],
      [9, 10],
    ])
    expect(x.slice(-2, 2, null, -2).toArray()).toEqual([
      [8, 9, 10, 11],
      [0, 1, 2, 3],
    ])
    expect(x.slice(0, 2, 1).shape).toEqual([0, 4])
  })
})
