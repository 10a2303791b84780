import { ones, type Tensor } from '@deepdive/autograd'
import { type Module, Sequential } from '@deepdive/nn'
import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import {
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  functional as F,
  GroupNorm,
  InstanceNorm2d,
  MaxPool2d,
  PixelShuffle,
  Upsample,
} from '../src/index.ts'

const line = ones([2, 4, 6])
const image = ones([2, 4, 6, 6])

/** Each function on an input of its kind, as `change` makes it. */
const calls: Record<string, (change: (x: Tensor) => Tensor) => unknown> = {
  conv1d: (change) => F.conv1d(change(line), ones([4, 4, 2])),
  conv2d: (change) => F.conv2d(change(image), ones([4, 4, 2, 2])),
  conv3d: (change) => F.conv3d(change(image), ones([1, 2, 1, 1, 1])),
  convTranspose1d: (change) => F.convTranspose1d(change(line), ones([4, 4, 2])),
  convTranspose2d: (change) => F.convTranspose2d(change(image), ones([4, 4, 2, 2])),
  unfold: (change) => F.unfold(change(image), 2),
  fold: (change) => F.fold(change(ones([8, 9])), 4, 2),
  maxPool1d: (change) => F.maxPool1d(change(line), 2),
  maxPool2d: (change) => F.maxPool2d(change(image), 2),
  avgPool1d: (change) => F.avgPool1d(change(line), 2),
  avgPool2d: (change) => F.avgPool2d(change(image), 2),
  adaptiveMaxPool1d: (change) => F.adaptiveMaxPool1d(change(line), 2),
  adaptiveMaxPool2d: (change) => F.adaptiveMaxPool2d(change(image), 2),
  adaptiveAvgPool1d: (change) => F.adaptiveAvgPool1d(change(line), 2),
  adaptiveAvgPool2d: (change) => F.adaptiveAvgPool2d(change(image), 2),
  interpolate: (change) => F.interpolate(change(image), { size: 3 }),
  batchNorm: (change) => F.batchNorm(change(image), null, null),
  groupNorm: (change) => F.groupNorm(change(image), 2),
  instanceNorm: (change) => F.instanceNorm(change(image)),
  dropout1d: (change) => F.dropout1d(change(line)),
  dropout2d: (change) => F.dropout2d(change(image)),
}

describe.each(['int32', 'bool'] as const)('%s numbers are refused', (dtype) => {
  test.each(Object.entries(calls))('by %s', (op, call) => {
    expect(message(() => call((x) => x.to(dtype)))).toBe(
      `DTypeError: ${op}: input must be float32, not ${dtype}: use .to('float32')`,
    )
  })

  test('as a weight, a bias or statistics', () => {
    const numbers = ones([4]).to(dtype)
    const filters = ones([4, 4, 2, 2])
    expect(message(() => F.conv2d(image, filters.to(dtype)))).toContain(
      `conv2d: weight must be float32, not ${dtype}`,
    )
    expect(message(() => F.convTranspose2d(image, filters, numbers))).toContain(
      `convTranspose2d: bias must be float32, not ${dtype}`,
    )
    expect(message(() => F.batchNorm(image, numbers, ones([4])))).toContain(
      `batchNorm: runningMean must be float32, not ${dtype}`,
    )
  })
})

test('pixels of any kind can be shuffled', () => {
  expect(F.pixelShuffle(image.to('int32'), 2).dtype).toBe('int32')
  expect(F.pixelUnshuffle(image.to('bool'), 2).dtype).toBe('bool')
})

describe('what is no tensor is refused', () => {
  const list = [[1]] as unknown as Tensor

  test.each([...Object.keys(calls), 'pixelShuffle', 'pixelUnshuffle'])(
    'by %s',
    (op) => {
      const call =
        calls[op] ?? (() => Reflect.apply(Reflect.get(F, op), null, [list, 2]))
      expect(message(() => call(() => list))).toBe(
        `ValueError: ${op}: input is a list, not a tensor: wrap it by tensor(…)`,
      )
    },
  )

  test.each<[string, Module & { forward(x: Tensor): unknown }]>([
    ['conv2d', new Conv2d(1, 1, 1)],
    ['maxPool2d', new MaxPool2d(1)],
    ['interpolate', new Upsample({ size: 2 })],
    ['pixelShuffle', new PixelShuffle(2)],
    ['batchNorm', new BatchNorm1d(1)],
    ['batchNorm', new BatchNorm2d(1)],
    ['groupNorm', new GroupNorm(1, 1)],
    ['instanceNorm', new InstanceNorm2d(1)],
  ])('by the layer of %s', (op, layer) => {
    expect(message(() => layer.forward(list))).toContain(
      `ValueError: ${op}: input is a list, not a tensor: wrap it by tensor(…)`,
    )
  })

  test('as a weight that was forgotten, or a bias', () => {
    expect(message(() => Reflect.apply(F.conv2d, null, [image]))).toBe(
      'ValueError: conv2d: weight is undefined, not a tensor',
    )
    const weight = ones([1, 4, 2])
    expect(message(() => Reflect.apply(F.conv1d, null, [line, weight, 3]))).toBe(
      'ValueError: conv1d: bias is the number 3, not a tensor: wrap it by tensor(…)',
    )
  })

  test('by a model, which names the layer', () => {
    expect(message(() => new Sequential(new Conv2d(1, 1, 1)).forward(list))).toBe(
      'ValueError: conv2d: input is a list, not a tensor: wrap it by tensor(…)\n' +
        '  in 0 (Conv2d 1 → 1, 1×1)',
    )
  })
})

describe('a shape is named as it was given, where a batch is missing,', () => {
  test('by fold', () => {
    expect(message(() => F.fold(ones([5, 9]), 4, 2))).toBe(
      'ShapeError: fold: the input [5, 9] must be [N, C · 4, 9], or [C · 4, 9] for a ' +
        'single sample: a window is 2 × 2, and 3 × 3 of them lie on the image',
    )
  })

  test('by InstanceNorm', () => {
    expect(message(() => new InstanceNorm2d(3).forward(ones([5, 3, 3])))).toContain(
      'instanceNorm: the input [5, 3, 3] has 5 channels, but the layer is for 3',
    )
    expect(message(() => new InstanceNorm2d(3).forward(ones([3, 3])))).toContain(
      'instanceNorm: the input must be [N, C, H, W] or [C, H, W], not [3, 3]',
    )
  })

  test('by instanceNorm, which needs an axis to normalize over', () => {
    const expected =
      'ShapeError: instanceNorm: the input must be [N, C, L, …], not [2, 3]'
    expect(message(() => F.instanceNorm(ones([2, 3])))).toBe(expected)
  })
})
