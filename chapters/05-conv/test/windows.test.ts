import { arange, randn, Tensor, tensor, zeros } from '@deepdive/autograd'
import { cpu, type Device } from '@deepdive/tensor'
import { layouts } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functional as F } from '../src/index.ts'
import { sumOfWindows, windows } from '../src/ops/windows.ts'
import { perAxis, type WindowAxis, windowCount } from '../src/window.ts'
import { anyConv, type ConvCase } from './conv-case.ts'

/** The window of a random convolution. */
function windowOf({ weight, options }: ConvCase): WindowAxis[] {
  return weight.shape.slice(2).map((size, n) => ({
    size,
    stride: options.stride[n],
    dilation: options.dilation[n],
    before: options.padding[n],
    after: options.padding[n],
  }))
}

const axis = { size: 3, stride: 1, dilation: 1, before: 0, after: 0 }
const inner = (a: Tensor, b: Tensor) => a.mul(b).sum().item()
const anyLayout = fc.constantFrom(...Object.values(layouts))

describe('windows', () => {
  test('stand side by side', () => {
    const x = arange(5).reshape([1, 1, 5])
    expect(x.apply(windows('test', [axis])).toArray()).toEqual([
      [
        [
          [0, 1, 2],
          [1, 2, 3],
          [2, 3, 4],
        ],
      ],
    ])
  })

  test('leave gaps where they are dilated, and hold zeros beside x', () => {
    const x = tensor([[[10, 11, 12, 13]]])
    const window = { size: 2, stride: 3, dilation: 2, before: 1, after: 2 }
    expect(x.apply(windows('test', [window])).toArray()).toEqual([
      [
        [
          [0, 11],
          [12, 0],
        ],
      ],
    ])
  })

  test('may lie beside x as a whole', () => {
    const x = tensor([[[7]]])
    const window = { ...axis, size: 1, before: 2, after: 1 }
    expect(
      x
        .apply(windows('test', [window]))
        .flatten()
        .toArray(),
    ).toEqual([0, 0, 7, 0])
    const square = [window, { ...axis, size: 1 }]
    const y = x.unsqueeze(0).apply(windows('test', square))
    expect(y.flatten().toArray()).toEqual([0, 0, 7, 0])
  })

  test('see the same numbers however these lie in memory', () => {
    fc.assert(
      fc.property(anyConv(2), anyLayout, (any, arrange) => {
        const op = windows('test', windowOf(any))
        const x = any.x.detach()
        expect(new Tensor(arrange(x.array)).apply(op).toArray()).toEqual(
          x.apply(op).toArray(),
        )
      }),
      { numRuns: 100 },
    )
  })

  test.each([1, 2, 3])(
    'on %i axes, and their sum, are adjoint: ⟨windows(x), y⟩ = ⟨x, sumOfWindows(y)⟩',
    (rank) => {
      fc.assert(
        fc.property(anyConv(rank), anyLayout, anyLayout, (any, arrangeX, arrangeY) => {
          const window = windowOf(any)
          const x = new Tensor(arrangeX(any.x.array))
          const all = x.apply(windows('test', window))
          const y = new Tensor(arrangeY(randn(all.shape).array))
          const sum = y.apply(sumOfWindows('test', window, x.shape.slice(2)))
          expect(sum.shape).toEqual(x.shape)
          expect(Math.abs(inner(all, y) - inner(x, sum))).toBeLessThan(1e-3)
        }),
        { numRuns: 100 },
      )
    },
  )
})

describe('as many windows fit an axis', () => {
  test('as there are places for the first element of one', () => {
    const anyAxis = fc.record({
      size: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 4 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      before: fc.nat(3),
      after: fc.nat(3),
    })
    fc.assert(
      fc.property(anyAxis, fc.nat(12), (any, extent) => {
        const last = extent + any.after - 1
        let places = 0
        for (let start = -any.before; start <= last; start += any.stride) {
          if (start + any.dilation * (any.size - 1) <= last) places++
        }
        if (places > 0) expect(windowCount('test', any, extent)).toBe(places)
        else
          expect(() => windowCount('test', any, extent)).toThrow('test: a window that')
      }),
      { numRuns: 500 },
    )
  })

  test('or none, and the error says what met what', () => {
    expect(() => windowCount('conv2d', { ...axis, dilation: 2, before: 1 }, 3)).toThrow(
      'conv2d: a window that reaches over 5 elements does not fit an axis of 3, 4 ' +
        'with its padding: use a smaller kernel or dilation, or pad more',
    )
  })
})

test('a number for all axes, or a list of one for each, is whole and large enough', () => {
  expect(perAxis('conv2d', 'stride', 2, 2, 1)).toEqual([2, 2])
  expect(perAxis('conv2d', 'padding', [0, 3], 2, 0)).toEqual([0, 3])
  const bad = { '0': 0, '1.5': 1.5, NaN, Infinity, '[1]': [1], '[1, 0]': [1, 0] }
  for (const [text, value] of Object.entries(bad)) {
    expect(() => perAxis('conv2d', 'stride', value, 2, 1)).toThrow(
      `conv2d: stride ${text} must be a whole number ≥ 1, or a list of 2`,
    )
  }
})

test('a device without the window kernels is refused by the name of the kernel', () => {
  const { gatherWindows: _, addWindows: __, conv: ___, ...kernels } = cpu.kernels
  const device: Device = { ...cpu, name: 'plain', kernels }
  const at = (...shape: number[]) => zeros(shape, { device })
  expect(() => F.conv2d(at(1, 1, 3, 3), at(1, 1, 2, 2))).toThrow(
    'conv2d: the device plain has no kernel gatherWindows: compute on one that has',
  )
  expect(() => F.convTranspose1d(at(1, 1, 3), at(1, 1, 2))).toThrow(
    'convTranspose1d: the device plain has no kernel addWindows: compute on one that has',
  )
})
