import { randn, zeros } from '@deepdive/autograd'
import type { Module } from '@deepdive/nn'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  functional as F,
} from '../src/index.ts'

beforeEach(() => manualSeed(5))

const shapes = (layer: Module) =>
  Object.entries(layer.stateDict()).map(([key, { shape }]) => [key, shape])

describe('a layer of filters', () => {
  test('has PyTorch keys and layouts', () => {
    expect(shapes(new Conv1d(4, 6, 3, { groups: 2 }))).toEqual([
      ['weight', [6, 2, 3]],
      ['bias', [6]],
    ])
    expect(shapes(new Conv2d(4, 6, [3, 5], { bias: false }))).toEqual([
      ['weight', [6, 4, 3, 5]],
    ])
    expect(shapes(new Conv3d(1, 2, 2))[0]).toEqual(['weight', [2, 1, 2, 2, 2]])
    expect(shapes(new ConvTranspose1d(4, 6, 3, { groups: 2 }))).toEqual([
      ['weight', [4, 3, 3]],
      ['bias', [6]],
    ])
    expect(shapes(new ConvTranspose2d(4, 6, 3))[0]).toEqual(['weight', [4, 6, 3, 3]])
  })

  test('starts uniform in ±1/√(fan-in), weight and bias', () => {
    const layers = [
      { layer: new Conv2d(8, 4000, [3, 2], { groups: 2 }), fanIn: 4 * 6 },
      { layer: new Conv1d(2, 4000, 5), fanIn: 10 },
      { layer: new ConvTranspose1d(500, 2000, 3, { groups: 500 }), fanIn: 4 * 3 },
    ]
    for (const { layer, fanIn } of layers) {
      const bound = 1 / Math.sqrt(fanIn)
      for (const values of [layer.weight, layer.bias ?? zeros([1])]) {
        const largest = values.abs().amax().item()
        expect(largest).toBeLessThanOrEqual(bound)
        expect(largest).toBeGreaterThan(0.99 * bound)
        const spread = values.square().mean().item() / (bound * bound)
        expect(Math.abs(spread - 1 / 3)).toBeLessThan(0.02)
        expect(Math.abs(values.mean().item())).toBeLessThan(0.05 * bound)
      }
    }
  })

  test('computes as the function does, with all that it was told', () => {
    const options = { stride: [2, 1], padding: 1, dilation: [1, 2], groups: 2 }
    const x = randn([2, 4, 6, 7])
    const conv = new Conv2d(4, 2, [3, 2], options)
    const back = new ConvTranspose2d(4, 2, 2, { ...options, outputPadding: [1, 0] })
    expect(conv.forward(x).toArray()).toEqual(
      F.conv2d(x, conv.weight, conv.bias, options).toArray(),
    )
    const expected = F.convTranspose2d(x, back.weight, back.bias, {
      ...options,
      outputPadding: [1, 0],
    })
    expect(back.forward(x).toArray()).toEqual(expected.toArray())
  })

  test('takes a single sample as well as a batch', () => {
    const layers = [
      { layer: new Conv1d(2, 3, 2), extents: [5] },
      { layer: new Conv2d(2, 3, 2, { padding: 'same' }), extents: [5, 4] },
      { layer: new Conv3d(2, 3, 2), extents: [2, 3, 4] },
      { layer: new ConvTranspose1d(2, 3, 2), extents: [5] },
      { layer: new ConvTranspose2d(2, 3, 2, { stride: 2 }), extents: [5, 4] },
    ]
    for (const { layer, extents } of layers) {
      const batch = randn([3, 2, ...extents])
      const y = layer.forward(batch).select(0, 1)
      const alone = layer.forward(batch.select(0, 1))
      expect(alone.shape).toEqual(y.shape)
      expect(alone.sub(y).abs().amax().item()).toBeLessThan(1e-6)
    }
  })

  test('learns: each parameter receives a gradient of its own shape', () => {
    for (const layer of [new Conv2d(2, 4, 3), new ConvTranspose2d(2, 4, 3)]) {
      layer
        .forward(randn([1, 2, 5, 5]))
        .square()
        .sum()
        .backward()
      for (const parameter of layer.parameters()) {
        expect(parameter.grad?.shape).toEqual(parameter.shape)
        expect(parameter.grad?.abs().sum().item()).toBeGreaterThan(0)
      }
    }
  })

  test('says its channels, its window, and what is unusual about it', () => {
    const texts = [
      [new Conv2d(1, 16, 3, { padding: 1 }), 'Conv2d(1 → 16, 3×3, padding 1)'],
      [new Conv2d(1, 1, [1, 5]), 'Conv2d(1 → 1, 1×5)'],
      [new Conv2d(1, 2, 3, { stride: [2, 1] }), 'Conv2d(1 → 2, 3×3, stride 2×1)'],
      [
        new Conv2d(4, 8, 3, { padding: 'same', dilation: 2, groups: 4, bias: false }),
        'Conv2d(4 → 8, 3×3, padding same, dilation 2, groups 4, no bias)',
      ],
      [new Conv1d(2, 3, 5, { stride: 2 }), 'Conv1d(2 → 3, kernel 5, stride 2)'],
      [new Conv3d(2, 3, 2), 'Conv3d(2 → 3, 2×2×2)'],
      [
        new ConvTranspose2d(2, 1, 3, { stride: 2, outputPadding: [1, 0] }),
        'ConvTranspose2d(2 → 1, 3×3, stride 2, outputPadding 1×0)',
      ],
    ] as const
    for (const [layer, text] of texts) expect(String(layer)).toBe(text)
  })
})
