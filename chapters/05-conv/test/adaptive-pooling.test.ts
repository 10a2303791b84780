import { gradcheck, randn, tensor } from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AdaptiveMaxPool2d, functional as F } from '../src/index.ts'
import { distinct, planes } from './pool-case.ts'

const anySizes = fc.record({
  extents: fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })),
  sizes: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
  seed: fc.nat(),
})

/** The elements of part i of `size`, as PyTorch divides an axis. */
function part<Element>(list: readonly Element[], i: number, size: number): Element[] {
  const start = Math.floor((i * list.length) / size)
  return list.slice(start, Math.ceil(((i + 1) * list.length) / size))
}

/** One number of each part of one plane. */
function naiveParts(
  plane: number[][],
  [rows, columns]: [number, number],
  reduce: (inside: readonly number[]) => number,
): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) =>
      reduce(part(plane, i, rows).flatMap((row) => part(row, j, columns))),
    ),
  )
}

const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length

describe('adaptive pooling', () => {
  test('finds the mean of each part, of any size in any size', () => {
    fc.assert(
      fc.property(anySizes, ({ extents, sizes, seed }) => {
        manualSeed(seed)
        const x = randn([1, 2, ...extents])
        const y = F.adaptiveAvgPool2d(x, sizes)
        expect(y.shape).toEqual([1, 2, ...sizes])
        const expected = planes(x).flatMap((plane) => naiveParts(plane, sizes, mean))
        planes(y)
          .flat(2)
          .forEach((value, n) => {
            expect(value).toBeCloseTo(expected.flat()[n], 5)
          })
      }),
    )
  })

  test('finds the largest of each part, and where it stands', () => {
    fc.assert(
      fc.property(anySizes, ({ extents, sizes, seed }) => {
        manualSeed(seed)
        const x = distinct([2, 1, ...extents])
        const [y, places] = F.adaptiveMaxPool2d(x, sizes, { returnIndices: true })
        expect(planes(y)).toEqual(
          planes(x).map((plane) =>
            naiveParts(plane, sizes, (list) => Math.max(...list)),
          ),
        )
        const there = x.flatten(2).gather(2, places.flatten(2)).reshape(y.shape)
        expect(there.toArray()).toEqual(y.toArray())
      }),
    )
  })

  test('has the gradients of finite differences', () => {
    manualSeed(4)
    const x = distinct([2, 5, 3])
    for (const size of [
      [2, 2],
      [5, 1],
      [7, 3],
    ] as const) {
      expect(gradcheck((t) => F.adaptiveAvgPool2d(t, size), [x])).toBe(true)
      expect(gradcheck((t) => F.adaptiveMaxPool2d(t, size), [x])).toBe(true)
    }
  })

  test('takes the first of equal elements, and lets NaN through', () => {
    const x = tensor([[1, 1, 1, Number.NaN, 0]])
    const [y, places] = F.adaptiveMaxPool1d(x, 2, { returnIndices: true })
    expect(y.toArray()).toEqual([[1, Number.NaN]])
    expect(places.toArray()).toEqual([[0, 3]])
  })

  test('keeps an infinity to the parts that hold it', () => {
    const x = tensor([[Infinity, 1, 2, 3, 5]])
    expect(F.adaptiveAvgPool1d(x, 2).toArray()).toEqual([
      [Infinity, Math.fround(10 / 3)],
    ])
  })

  test('leaves an axis alone where the size is null', () => {
    const x = distinct([1, 2, 3, 5])
    const layer = new AdaptiveMaxPool2d([null, 5])
    expect(layer.forward(x).toArray()).toEqual(x.toArray())
    expect(F.adaptiveAvgPool2d(x, null).toArray()).toEqual(x.toArray())
  })
})
