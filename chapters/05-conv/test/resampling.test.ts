import { arange, gradcheck, randn, tensor } from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  functional as F,
  PixelShuffle,
  PixelUnshuffle,
  Upsample,
} from '../src/index.ts'
import { planes } from './pool-case.ts'

const size = fc.integer({ min: 1, max: 7 })
const anyResize = fc.record({
  from: fc.tuple(size, size),
  to: fc.tuple(size, size),
  alignCorners: fc.boolean(),
  seed: fc.nat(),
})

const lerp = (a: number, b: number, t: number) => a * (1 - t) + b * t

/** A number between those of a list, at a place that may lie between them. */
function between(list: readonly number[], place: number): number {
  const at = Math.min(Math.max(place, 0), list.length - 1)
  const low = Math.floor(at)
  return lerp(list[low], list[Math.min(low + 1, list.length - 1)], at - low)
}

describe('interpolate', () => {
  test('to the nearest repeats pixels, or leaves them out', () => {
    const x = tensor([[[[1, 2, 3]]]])
    const resize = (width: number) => F.interpolate(x, { size: [1, width] }).flatten()
    expect(resize(6).toArray()).toEqual([1, 1, 2, 2, 3, 3])
    expect(resize(4).toArray()).toEqual([1, 1, 2, 3])
    expect(resize(2).toArray()).toEqual([1, 2])
  })

  test('between four pixels agrees with the definition, pixel by pixel', () => {
    fc.assert(
      fc.property(anyResize, ({ from, to, alignCorners, seed }) => {
        manualSeed(seed)
        const x = randn([1, 2, ...from])
        const y = F.interpolate(x, { size: to, mode: 'bilinear', alignCorners })
        const place = (i: number, n: number) => {
          if (alignCorners) return to[n] > 1 ? (i * (from[n] - 1)) / (to[n] - 1) : 0
          return ((i + 0.5) * from[n]) / to[n] - 0.5
        }
        planes(y).forEach((plane, n) => {
          plane.forEach((row, i) => {
            row.forEach((value, j) => {
              const across = planes(x)[n].map((line) => between(line, place(j, 1)))
              expect(value).toBeCloseTo(between(across, place(i, 0)), 5)
            })
          })
        })
      }),
    )
  })

  test('has the gradients of finite differences', () => {
    fc.assert(
      fc.property(anyResize, ({ from, to, alignCorners, seed }) => {
        manualSeed(seed)
        const x = randn([1, 1, ...from], { requiresGrad: true })
        const bilinear = { size: to, alignCorners, mode: 'bilinear' } as const
        return (
          gradcheck((t) => F.interpolate(t, bilinear), [x]) &&
          gradcheck((t) => F.interpolate(t, { size: to }), [x])
        )
      }),
      { numRuns: 15 },
    )
  })

  test('with alignCorners keeps the corners', () => {
    const x = arange(6).to('float32').reshape([1, 1, 2, 3])
    const y = F.interpolate(x, { size: [5, 4], mode: 'bilinear', alignCorners: true })
    const corners = [
      y.at(0, 0, 0, 0),
      y.at(0, 0, 0, 3),
      y.at(0, 0, 4, 0),
      y.at(0, 0, 4, 3),
    ]
    expect(corners.map((corner) => corner.item())).toEqual([0, 2, 3, 5])
  })

  test('to its own size changes nothing', () => {
    const x = randn([2, 1, 4, 3])
    for (const mode of ['nearest', 'bilinear'] as const) {
      expect(F.interpolate(x, { size: [4, 3], mode }).toArray()).toEqual(x.toArray())
      const layer = new Upsample({ scaleFactor: 1, mode })
      expect(layer.forward(x).toArray()).toEqual(x.toArray())
    }
  })

  test('leaves an axis as it is where a factor adds no pixel to it', () => {
    const x = tensor([[[[0, 1, 2, Infinity]]]])
    for (const alignCorners of [false, true]) {
      const options = { scaleFactor: [1, 1.1], mode: 'bilinear', alignCorners } as const
      const y = F.interpolate(x, options)
      expect(y.flatten().toArray()).toEqual([0, 1, 2, Infinity])
      y.mul_(0)
      expect(x.at(0, 0, 0, 1).item()).toBe(1)
    }
  })

  test('lets an infinite pixel reach its neighbours only', () => {
    const x = tensor([[[[1, 2, Infinity, Infinity]]]])
    const wide = F.interpolate(x, { size: [1, 8], mode: 'bilinear' }).flatten()
    expect(wide.toArray()).toEqual([
      1,
      1.25,
      1.75,
      Infinity,
      ...[Infinity, Infinity, Infinity, Infinity],
    ])
  })

  test('makes ⌊n · factor⌋ pixels of n', () => {
    const x = randn([1, 1, 5, 4])
    const layer = new Upsample({ scaleFactor: [1.5, 0.5] })
    expect(layer.forward(x).shape).toEqual([1, 1, 7, 2])
  })
})

describe('pixelShuffle', () => {
  test('puts the channels of a pixel side by side', () => {
    const x = arange(8).reshape([8, 1, 1])
    expect(F.pixelShuffle(x, 2).toArray()).toEqual([
      [
        [0, 1],
        [2, 3],
      ],
      [
        [4, 5],
        [6, 7],
      ],
    ])
  })

  test('is taken back by pixelUnshuffle, with any number of axes before', () => {
    for (const lead of [[], [2], [2, 3]]) {
      const x = randn([...lead, 18, 2, 3])
      const wide = new PixelShuffle(3).forward(x)
      expect(wide.shape).toEqual([...lead, 2, 6, 9])
      expect(new PixelUnshuffle(3).forward(wide).toArray()).toEqual(x.toArray())
    }
  })

  test('sends each gradient back to its channel', () => {
    const x = randn([4, 2, 1], { requiresGrad: true })
    expect(gradcheck((t) => F.pixelShuffle(t, 2), [x])).toBe(true)
    const wide = randn([1, 2, 4], { requiresGrad: true })
    expect(gradcheck((t) => F.pixelUnshuffle(t, 2), [wide])).toBe(true)
  })
})
