import { gradcheck, gradgradcheck, ones, type Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { functional as F, Fold, Unfold } from '../src/index.ts'
import { anyConv, random } from './conv-case.ts'

const farthest = (a: Tensor, b: Tensor) => a.sub(b).abs().amax().item()

test('filters times unfolded windows are a convolution', () => {
  fc.assert(
    fc.property(anyConv(2), ({ x, weight, options: { groups: _, ...options } }) => {
      const filters = random([4, x.shape[1], ...weight.shape.slice(2)])
      const expected = F.conv2d(x, filters, null, options)
      const columns = F.unfold(x, weight.shape.slice(2), options)
      const y = filters.flatten(1).matmul(columns).reshape(expected.shape)
      expect(farthest(y, expected)).toBeLessThan(1e-4)
    }),
    { numRuns: 50 },
  )
})

test('folding what was unfolded counts each pixel as often as windows hold it', () => {
  fc.assert(
    fc.property(anyConv(2), ({ x, weight, options: { groups: _, ...options } }) => {
      const [extents, sizes] = [x.shape.slice(2), weight.shape.slice(2)]
      const around = (x: Tensor) =>
        F.fold(F.unfold(x, sizes, options), extents, sizes, options)
      expect(farthest(around(x), x.mul(around(ones(x.shape))))).toBeLessThan(1e-4)
    }),
    { numRuns: 50 },
  )
})

test('windows that do not overlap come back as they were', () => {
  const x = random([2, 3, 4, 6])
  const patches = new Unfold([2, 3], { stride: [2, 3] })
  const image = new Fold([4, 6], [2, 3], { stride: [2, 3] })
  expect(image.forward(patches.forward(x)).toArray()).toEqual(x.toArray())
  const [single] = [x.select(0, 1)]
  expect(image.forward(patches.forward(single)).toArray()).toEqual(single.toArray())
})

test('both have gradients, and these have gradients', () => {
  const options = { dilation: [1, 2], padding: 1, stride: 2 }
  const unfold = (x: Tensor) => F.unfold(x, 2, options)
  const fold = (x: Tensor) => F.fold(x, [3, 4], 2, options)
  const image = random([1, 2, 3, 4])
  const columns = random(unfold(image).shape)
  expect(gradcheck(unfold, [image]) && gradgradcheck(unfold, [image])).toBe(true)
  expect(gradcheck(fold, [columns]) && gradgradcheck(fold, [columns])).toBe(true)
})

test('the layers say how their windows slide', () => {
  expect(String(new Unfold(3))).toBe('Unfold(3×3)')
  expect(String(new Unfold([2, 3], { stride: 2, padding: [1, 0], dilation: 3 }))).toBe(
    'Unfold(2×3, stride 2, padding 1×0, dilation 3)',
  )
  expect(String(new Fold([4, 6], 2, { stride: 2 }))).toBe('Fold(2×2, stride 2 → 4×6)')
})

test('columns that are no windows of the image are refused, with what would be', () => {
  expect(() => F.fold(ones([1, 8, 8]), 4, 2)).toThrow(
    'fold: the input [1, 8, 8] must be [N, C · 4, 9], or [C · 4, 9] for a single ' +
      'sample: a window is 2 × 2, and 3 × 3 of them lie on the image',
  )
  expect(() => F.fold(ones([1, 7, 9]), 4, 2)).toThrow('must be [N, C · 4, 9]')
  expect(() => F.fold(ones([1, 2, 4, 9]), 4, 2)).toThrow('fold: the input [1, 2, 4, 9]')
  expect(() => F.fold(ones([4, 9]), 4, 5)).toThrow(
    'fold: a window that reaches over 5 elements does not fit an axis of 4, 4 with its',
  )
  expect(() => F.fold(ones([4, 9]), [4], 2)).toThrow(
    'fold: outputSize [4] must be a whole number ≥ 1, or a list of 2',
  )
  expect(() => F.unfold(ones([4, 9]), 2)).toThrow(
    'unfold: the input must be [N, C, H, W], or [C, H, W] for a single sample, not [4, 9]',
  )
  expect(() => F.unfold(ones([1, 4, 9]), 0)).toThrow(
    'unfold: kernelSize 0 must be a whole number ≥ 1, or a list of 2',
  )
})
