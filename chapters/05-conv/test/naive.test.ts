import type { Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { functional as F, naiveConv2d } from '../src/index.ts'
import { anyConv, images } from './conv-case.ts'

/** Throws where y differs from the list by more than float32 sums can. */
function expectNear(y: Tensor, list: readonly number[]): void {
  expect(y.numel()).toBe(list.length)
  y.toTypedArray().forEach((value, n) => {
    expect(Math.abs(value - list[n])).toBeLessThan(1e-5 * (1 + Math.abs(list[n])))
  })
}

test('a matrix product gives what the seven loops do', () => {
  fc.assert(
    fc.property(anyConv(2), ({ x, weight, bias, options }) => {
      const y = F.conv2d(x, weight, bias, options)
      const numbers = bias ? Array.from(bias.toTypedArray()) : null
      const expected = naiveConv2d(images(x), images(weight), numbers, options)
      expect(y.shape.slice(2)).toEqual([
        expected[0][0].length,
        expected[0][0][0].length,
      ])
      expectNear(y, expected.flat(3))
    }),
    { numRuns: 300 },
  )
})

test('on one axis it gives what the loops do for images one pixel high', () => {
  fc.assert(
    fc.property(anyConv(1), ({ x, weight, bias, options }) => {
      const { stride, padding, dilation, groups } = options
      const flat = {
        stride: [1, ...stride],
        padding: [0, ...padding],
        dilation: [1, ...dilation],
        groups,
      }
      const expected = naiveConv2d(
        images(x.unsqueeze(2)),
        images(weight.unsqueeze(2)),
        bias ? Array.from(bias.toTypedArray()) : null,
        flat,
      )
      expectNear(F.conv1d(x, weight, bias, options), expected.flat(3))
    }),
    { numRuns: 100 },
  )
})

test('a volume is convolved as its layers are, one depth of the filter after another', () => {
  fc.assert(
    fc.property(anyConv(3), ({ x, weight, options }) => {
      const [strideD, ...stride] = options.stride
      const [paddingD, ...padding] = options.padding
      const [dilationD, ...dilation] = options.dilation
      const flat = { stride, padding, dilation, groups: options.groups }
      const y = F.conv3d(x, weight, null, options)
      for (let d = 0; d < y.shape[2]; d++) {
        const sum = new Float64Array(y.select(2, d).numel())
        for (let p = 0; p < weight.shape[2]; p++) {
          const depth = d * strideD + p * dilationD - paddingD
          if (depth < 0 || depth >= x.shape[2]) continue
          const [layer, filter] = [x.select(2, depth), weight.select(2, p)]
          const part = naiveConv2d(images(layer), images(filter), null, flat)
          part.flat(3).forEach((value, n) => {
            sum[n] += value
          })
        }
        expectNear(y.select(2, d), Array.from(sum))
      }
    }),
    { numRuns: 30 },
  )
})

test('the loops refuse what makes no sense', () => {
  const one = [[[[1]]]]
  expect(() => naiveConv2d(one, one, null, { stride: 0 })).toThrow(
    'naiveConv2d: stride 0 must be a whole number ≥ 1, or a list of 2',
  )
  expect(() => naiveConv2d(one, one, null, { padding: [0, -1] })).toThrow(
    'naiveConv2d: padding [0, -1] must be a whole number ≥ 0, or a list of 2',
  )
})
