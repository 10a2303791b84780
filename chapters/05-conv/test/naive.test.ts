import { ones, type Tensor } from '@deepdive/autograd'
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

test('the loops refuse what conv2d refuses, in the same words', () => {
  const x = images(ones([2, 4, 3, 3]))
  const w = images(ones([4, 2, 2, 2]))
  const groups = { groups: 2 }
  const refused: [text: string, run: () => unknown][] = [
    ['the input must be [N, C, H, W], not [0]', () => naiveConv2d([], w)],
    ['the input [1, 1, 1, 0] has an empty axis', () => naiveConv2d([[[[]]]], w)],
    [
      'the input has 4 channels, but the weight [4, 2, 2, 2] takes 2',
      () => naiveConv2d(x, w),
    ],
    ['groups is 0.5: it must be', () => naiveConv2d(x, w, null, { groups: 0.5 })],
    [
      '2 groups do not divide 1 output channels',
      () => naiveConv2d(x, w.slice(1, 2), null, groups),
    ],
    [
      'the bias [3] is not one number for each of 4 output channels',
      () => naiveConv2d(x, w, [1, 2, 3], groups),
    ],
    [
      'a window that reaches over 5 elements does not fit an axis of 3',
      () => naiveConv2d(x, w, null, { ...groups, dilation: 4 }),
    ],
    ['the weight must have 4 axes', () => Reflect.apply(naiveConv2d, null, [x, [1]])],
    [
      'the input must be [N, C, H, W], not []',
      () => Reflect.apply(naiveConv2d, null, [3, w]),
    ],
  ]
  for (const [text, run] of refused) expect(run).toThrow(`naiveConv2d: ${text}`)
})
