import { gradcheck, gradgradcheck, type Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functional as F, type Images, naiveConv2d } from '../src/index.ts'
import { anyConv } from './conv-case.ts'

const images = (x: Tensor) => x.toArray() as Images

test('a matrix product gives what the seven loops do', () => {
  fc.assert(
    fc.property(anyConv(2), ({ x, weight, bias, options }) => {
      const y = F.conv2d(x, weight, bias, options)
      const numbers = bias ? Array.from(bias.toTypedArray()) : null
      const expected = naiveConv2d(images(x), images(weight), numbers, options)
      const list = expected.flat(3)
      expect(y.numel()).toBe(list.length)
      expect(y.shape.slice(2)).toEqual([
        expected[0][0].length,
        expected[0][0][0].length,
      ])
      y.toTypedArray().forEach((value, n) => {
        expect(Math.abs(value - list[n])).toBeLessThan(1e-5 * (1 + Math.abs(list[n])))
      })
    }),
    { numRuns: 300 },
  )
})

describe('gradients agree with finite differences for', () => {
  const convolutions = { conv1d: F.conv1d, conv2d: F.conv2d, conv3d: F.conv3d }
  Object.entries(convolutions).forEach(([name, conv], n) => {
    test(`any ${name}`, () => {
      fc.assert(
        fc.property(anyConv(n + 1), ({ x, weight, bias, options }) =>
          gradcheck(
            (x, w, b) => conv(x, w, b, options),
            bias ? [x, weight, bias] : [x, weight],
          ),
        ),
        { numRuns: [40, 15, 4][n] },
      )
    })
  })

  test('the gradients of conv1d themselves', () => {
    fc.assert(
      fc.property(anyConv(1), ({ x, weight, options }) =>
        gradgradcheck((x, w) => F.conv1d(x, w, null, options), [x, weight], {
          atol: 5e-3,
        }),
      ),
      { numRuns: 10 },
    )
  })
})
