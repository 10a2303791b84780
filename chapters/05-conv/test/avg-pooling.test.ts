import { gradcheck, gradgradcheck, ones, tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AvgPool2d, functional as F } from '../src/index.ts'
import { anyPool, distinct, naivePool, planes } from './pool-case.ts'

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

/** Average pooling knows no dilation. */
const anyMean = anyPool.filter(({ axes }) => axes.every((axis) => axis.dilation === 1))

const divisors: Record<string, (inside: readonly number[], area: number) => number> = {
  'padding counts as zeros': (_, area) => area,
  'padding does not count': (inside) => inside.length,
  'a divisor is given': () => 7,
}

const choices: Record<string, F.AvgPool2dOptions> = {
  'padding counts as zeros': {},
  'padding does not count': { countIncludePad: false },
  'a divisor is given': { divisorOverride: 7 },
}

describe('average pooling', () => {
  for (const [name, choice] of Object.entries(choices))
    test(`is the mean of each window where ${name}`, () => {
      fc.assert(
        fc.property(anyMean, ({ x, axes, kernelSize, options }) => {
          const { dilation: _, ...slides } = options
          const y = F.avgPool2d(x, kernelSize, { ...slides, ...choice })
          const found = planes(y).flat(2)
          const expected = planes(x).flatMap((plane) =>
            naivePool(
              plane,
              axes,
              options.ceilMode,
              (inside, area) => sum(inside) / divisors[name](inside, area),
            ).flat(),
          )
          expect(found.length).toBe(expected.length)
          found.forEach((value, n) => {
            expect(value).toBeCloseTo(expected[n], 4)
          })
        }),
      )
    })

  test('has the gradient of finite differences, and that of its gradient', () => {
    const small = anyMean.filter(({ x }) => x.numel() <= 30)
    fc.assert(
      fc.property(
        small,
        fc.boolean(),
        ({ x, kernelSize, options }, countIncludePad) => {
          const fn = (t: typeof x) => {
            return F.avgPool2d(t, kernelSize, { ...options, countIncludePad })
          }
          return (
            gradcheck(fn, [x]) && gradgradcheck((t) => fn(t).square(), [x.mul(0.1)])
          )
        },
      ),
      { numRuns: 15 },
    )
  })

  test('of ones is one, unless zeros around them count', () => {
    const x = ones([1, 3, 3])
    const corner = { stride: 3, padding: 1 }
    expect(F.avgPool2d(x, 2, corner).toArray()).toEqual([
      [
        [0.25, 0.25],
        [0.25, 0.25],
      ],
    ])
    const alone = { ...corner, countIncludePad: false }
    expect(F.avgPool2d(x, 2, alone).eq(1).all().item()).toBe(1)
  })

  test('leaves what reaches beyond the padding out of the count', () => {
    const x = tensor([[2, 4, 6]])
    expect(F.avgPool1d(x, 2, { ceilMode: true }).toArray()).toEqual([[3, 6]])
    expect(F.avgPool1d(x, 2).toArray()).toEqual([[3]])
  })

  test('keeps a NaN and an infinity to the windows that hold them', () => {
    const x = tensor([[Number.NaN, 1, 2, Infinity, 3, 5]])
    expect(F.avgPool1d(x, 2).toArray()).toEqual([[Number.NaN, Infinity, 4]])
  })

  test('as a layer does what its options say', () => {
    const x = distinct([1, 2, 5, 5])
    const options = { stride: 1, padding: 1, ceilMode: true, divisorOverride: 2 }
    const layer = new AvgPool2d([3, 2], { ...options, countIncludePad: false })
    expect(layer.forward(x).toArray()).toEqual(
      F.avgPool2d(x, [3, 2], options).toArray(),
    )
  })
})
