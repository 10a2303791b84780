import { gradcheck, gradgradcheck, type Tensor, tensor } from '@deepdive/autograd'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functional as F } from '../src/index.ts'
import { anyConv, type ConvCase, random } from './conv-case.ts'

const given = ({ x, weight, bias }: ConvCase) => [x, weight, ...(bias ? [bias] : [])]

describe('gradients agree with finite differences for', () => {
  const convolutions = { conv1d: F.conv1d, conv2d: F.conv2d, conv3d: F.conv3d }
  Object.entries(convolutions).forEach(([name, conv], n) => {
    test(`any ${name}`, () => {
      fc.assert(
        fc.property(anyConv(n + 1), (any) =>
          gradcheck((x, w, b) => conv(x, w, b, any.options), given(any)),
        ),
        { numRuns: [40, 15, 4][n] },
      )
    })
  })

  test('the gradients of conv1d themselves', () => {
    fc.assert(
      fc.property(anyConv(1), (any) =>
        gradgradcheck((x, w, b) => F.conv1d(x, w, b, any.options), given(any), {
          atol: 5e-3,
        }),
      ),
      { numRuns: 10 },
    )
  })

  test('the gradients of conv2d themselves', () => {
    const options = { stride: 2, padding: [1, 0], groups: 2 }
    const inputs = [random([1, 2, 3, 3]), random([2, 1, 2, 2]), random([2])]
    const fn = (x: Tensor, w: Tensor, b: Tensor) => F.conv2d(x, w, b, options)
    expect(gradgradcheck(fn, inputs, { atol: 5e-3 })).toBe(true)
  })
})

describe('padding', () => {
  test("'same' keeps the size, and puts the odd zero behind", () => {
    const filter = random([1, 1, 4])
    const x = random([1, 1, 7])
    const y = F.conv1d(x, filter, null, { padding: 'same', dilation: 3 })
    expect(y.shape).toEqual([1, 1, 7])
    const odd = F.conv1d(
      tensor([[1, 2, 3, 4]]),
      random([1, 1, 2]).mul(0).add(1),
      null,
      {
        padding: 'same',
      },
    )
    expect(odd.toArray()).toEqual([[3, 5, 7, 4]])
  })

  test("'valid' is none", () => {
    const [x, weight] = [random([1, 1, 5, 5]), random([1, 1, 3, 3])]
    const y = F.conv2d(x, weight, null, { padding: 'valid', stride: 2 })
    expect(y.toArray()).toEqual(F.conv2d(x, weight, null, { stride: 2 }).toArray())
  })
})

test('each group sees its own channels only', () => {
  const [x, weight] = [random([2, 6, 5, 5]), random([9, 2, 3, 3])]
  const y = F.conv2d(x, weight, null, { groups: 3 })
  for (const g of [0, 1, 2]) {
    const part = F.conv2d(x.narrow(1, 2 * g, 2), weight.narrow(0, 3 * g, 3))
    expect(
      y
        .narrow(1, 3 * g, 3)
        .sub(part)
        .abs()
        .amax()
        .item(),
    ).toBeLessThan(1e-5)
  }
})

test('a single sample is a batch of one without its first axis', () => {
  const [x, weight, bias] = [random([3, 5, 4]), random([2, 3, 2, 2]), random([2])]
  const batch = F.conv2d(x.unsqueeze(0), weight, bias)
  expect(F.conv2d(x, weight, bias).toArray()).toEqual(batch.squeeze(0).toArray())
})

test('a batch of nothing gives nothing of the right size, and gradients of zero', () => {
  const [x, weight] = [random([0, 2, 5, 5]), random([3, 2, 3, 3])]
  const y = F.conv2d(x, weight)
  expect(y.shape).toEqual([0, 3, 3, 3])
  y.sum().backward()
  expect(weight.grad?.abs().sum().item()).toBe(0)
})

test('a filter of one pixel mixes channels as a linear layer does', () => {
  const [x, weight] = [random([2, 3, 4, 5]), random([6, 3, 1, 1])]
  const mixed = x.permute([0, 2, 3, 1]).matmul(weight.flatten(1).t())
  const y = F.conv2d(x, weight).permute([0, 2, 3, 1])
  expect(y.sub(mixed).abs().amax().item()).toBeLessThan(1e-5)
})
