import { gradcheck, gradgradcheck, randn, type Tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functional as F } from '../src/index.ts'
import { anyConv, type ConvCase, forgotten, random } from './conv-case.ts'

/** The largest outputPadding that there may be. */
function most({ stride, dilation }: ConvCase['options']): number[] {
  return stride.map((step, n) => Math.max(step, dilation[n]) - 1)
}

const inner = (a: Tensor, b: Tensor) => a.mul(b).sum().item()

describe.each([
  { rank: 1, conv: F.conv1d, transposed: F.convTranspose1d, runs: 100 },
  { rank: 2, conv: F.conv2d, transposed: F.convTranspose2d, runs: 50 },
])('on $rank axes a transposed convolution', ({ rank, conv, transposed, runs }) => {
  test('is the transpose of one: ⟨conv(x), y⟩ = ⟨x, convTranspose(y)⟩', () => {
    fc.assert(
      fc.property(anyConv(rank), (any) => {
        const { x, weight, options } = any
        const out = conv(x, weight, null, options)
        const y = randn(out.shape)
        const back = transposed(y, weight, null, {
          ...options,
          outputPadding: forgotten(any),
        })
        expect(back.shape).toEqual(x.shape)
        const [there, here] = [inner(out, y), inner(x, back)]
        expect(Math.abs(there - here)).toBeLessThan(1e-3)
      }),
      { numRuns: runs },
    )
  })

  test('is the gradient of one', () => {
    fc.assert(
      fc.property(anyConv(rank), (any) => {
        const { x, weight, options } = any
        const out = conv(x, weight, null, options)
        const y = randn(out.shape)
        out.mul(y).sum().backward()
        const outputPadding = forgotten(any)
        const back = transposed(y, weight, null, { ...options, outputPadding })
        expect(
          back
            .sub(x.grad ?? 0)
            .abs()
            .amax()
            .item(),
        ).toBeLessThan(1e-4)
      }),
      { numRuns: runs },
    )
  })

  test('has gradients that agree with finite differences', () => {
    fc.assert(
      fc.property(anyConv(rank), fc.boolean(), (any, longest) => {
        const { x, weight, options } = any
        const y = random(conv(x, weight, null, options).shape)
        const outputPadding = longest ? most(options) : forgotten(any)
        const settings = { ...options, outputPadding }
        const bias = random([x.shape[1]])
        return gradcheck((y, w, b) => transposed(y, w, b, settings), [y, weight, bias])
      }),
      { numRuns: [40, 15][rank - 1] },
    )
  })
})

test('gradients of a transposed convolution have gradients of their own', () => {
  const options = { stride: 2, padding: 1, outputPadding: 1, groups: 2 }
  const inputs = [random([1, 2, 3]), random([2, 2, 3]), random([4])]
  const fn = (x: Tensor, w: Tensor, b: Tensor) => F.convTranspose1d(x, w, b, options)
  expect(gradgradcheck(fn, inputs, { atol: 5e-3 })).toBe(true)
})

test('a single sample is a batch of one without its first axis', () => {
  const [x, weight] = [random([3, 5, 4]), random([3, 2, 2, 2])]
  const batch = F.convTranspose2d(x.unsqueeze(0), weight)
  expect(F.convTranspose2d(x, weight).toArray()).toEqual(batch.squeeze(0).toArray())
})

test('a batch of nothing gives nothing of the right size', () => {
  const y = F.convTranspose2d(random([0, 2, 3, 3]), random([2, 4, 2, 2]), random([4]))
  expect(y.shape).toEqual([0, 4, 4, 4])
})
