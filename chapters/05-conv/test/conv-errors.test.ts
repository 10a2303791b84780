import { ones, zeros } from '@deepdive/autograd'
import { type Layer, ReLU, Sequential } from '@deepdive/nn'
import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import {
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  functional as F,
} from '../src/index.ts'

/** What a model says that has the layer in its second place. */
const inModel = (layer: Layer, ...shape: number[]) =>
  message(() => new Sequential({ act: new ReLU(), conv: layer }).forward(zeros(shape)))

describe('a layer in a model refuses, naming itself and both numbers,', () => {
  test('other channels than it was made for', () => {
    expect(inModel(new Conv2d(3, 8, 3), 2, 1, 8, 8)).toBe(
      'ShapeError: conv2d: the input has 1 channels, but the weight [8, 3, 3, 3] takes 3\n' +
        '  in conv (Conv2d 3 → 8, 3×3)',
    )
    expect(inModel(new Conv1d(6, 4, 3, { groups: 2 }), 3, 9)).toBe(
      'ShapeError: conv1d: the input has 3 channels, but the weight [4, 3, 3] in 2 ' +
        'groups takes 6\n  in conv (Conv1d 6 → 4, kernel 3, groups 2)',
    )
    expect(inModel(new ConvTranspose2d(4, 2, 2), 1, 2, 3, 3)).toBe(
      'ShapeError: convTranspose2d: the input has 2 channels, but the weight ' +
        '[4, 2, 2, 2] takes 4\n  in conv (ConvTranspose2d 4 → 2, 2×2)',
    )
  })

  test('an axis that no window fits', () => {
    expect(inModel(new Conv2d(1, 2, [3, 5], { padding: [1, 0] }), 1, 1, 8, 4)).toBe(
      'ShapeError: conv2d: a window that reaches over 5 elements does not fit an ' +
        'axis of 4, 4 with its padding: use a smaller kernel or dilation, or pad more\n' +
        '  in conv (Conv2d 1 → 2, 3×5, padding 1×0)',
    )
    expect(
      inModel(new Conv3d(1, 1, 2, { dilation: 4, padding: 1 }), 1, 2, 3, 3),
    ).toMatch(
      /reaches over 5 elements does not fit an axis of 2, 4 with its .*\n {2}in conv \(Conv3d 1 → 1, 2×2×2, padding 1, dilation 4\)/,
    )
  })

  test('an axis of which a transposed convolution leaves nothing', () => {
    expect(inModel(new ConvTranspose1d(1, 1, 2, { padding: 2 }), 1, 1, 3)).toBe(
      'ShapeError: convTranspose1d: nothing is left of an axis of 3: windows lie ' +
        'over 4 elements, and padding takes 4 away\n' +
        '  in conv (ConvTranspose1d 1 → 1, kernel 2, padding 2)',
    )
  })

  test('an input of too few axes, or too many', () => {
    expect(inModel(new Conv2d(3, 8, 3), 3, 8)).toBe(
      'ShapeError: conv2d: the input must be [N, C, H, W], or [C, H, W] for a single ' +
        'sample, not [3, 8]\n  in conv (Conv2d 3 → 8, 3×3)',
    )
    expect(inModel(new Conv1d(3, 8, 3), 1, 1, 3, 8)).toContain(
      'conv1d: the input must be [N, C, L], or [C, L] for a single sample, not [1, 1, 3, 8]',
    )
    expect(inModel(new Conv3d(3, 8, 3), 3, 8, 8)).toContain(
      'conv3d: the input must be [N, C, D, H, W], or [C, D, H, W] for a single sample, not [3, 8, 8]',
    )
    expect(inModel(new ConvTranspose1d(3, 8, 3), 3)).toContain(
      'convTranspose1d: the input must be [N, C, L], or [C, L] for a single sample, not [3]',
    )
  })
})

describe('a layer is not made', () => {
  const cases: [make: () => unknown, text: string][] = [
    [
      () => new Conv2d(4, 6, 3, { groups: 3 }),
      'ValueError: Conv2d: 3 groups do not divide 4 input channels',
    ],
    [
      () => new Conv1d(4, 6, 3, { groups: 4 }),
      'ValueError: Conv1d: 4 groups do not divide 6 output channels',
    ],
    [
      () => new ConvTranspose2d(4, 6, 3, { groups: 4 }),
      'ValueError: ConvTranspose2d: 4 groups do not divide 6 output channels',
    ],
    [
      () => new Conv2d(4, 4, 3, { groups: 0 }),
      'ValueError: Conv2d: groups is 0: it must be a whole number ≥ 1',
    ],
    [
      () => new Conv2d(1.5, 4, 3),
      'ValueError: Conv2d: inChannels is 1.5: it must be a whole number ≥ 1',
    ],
    [
      () => new Conv2d(1, 0, 3),
      'ValueError: Conv2d: outChannels is 0: it must be a whole number ≥ 1',
    ],
    [
      () => new Conv2d(1, 4, 3, { padding: -1 }),
      'ValueError: Conv2d: padding -1 must be a whole number ≥ 0, or a list of 2',
    ],
    [
      () => new ConvTranspose1d(1, 4, 3, { padding: [-2] }),
      'ValueError: ConvTranspose1d: padding [-2] must be a whole number ≥ 0, or a list of 1',
    ],
    [
      () => new Conv2d(1, 4, 3, { stride: 1.5 }),
      'ValueError: Conv2d: stride 1.5 must be a whole number ≥ 1, or a list of 2',
    ],
    [
      () => new Conv3d(1, 4, 3, { dilation: [1, 0, 1] }),
      'ValueError: Conv3d: dilation [1, 0, 1] must be a whole number ≥ 1, or a list of 3',
    ],
    [
      () => new Conv1d(1, 4, [3, 3]),
      'ValueError: Conv1d: kernelSize [3, 3] must be a whole number ≥ 1, or a list of 1',
    ],
    [
      () => new Conv2d(1, 4, 3, { padding: 'same', stride: 2 }),
      "ValueError: Conv2d: padding 'same' keeps the size with stride 1 only, not 2",
    ],
    [
      () => new ConvTranspose2d(1, 4, 3, { stride: 2, outputPadding: 2 }),
      'ValueError: ConvTranspose2d: outputPadding 2 must be less than the stride 2 ' +
        'or the dilation 1: beyond that, add a padding of zeros',
    ],
    [
      () => new ConvTranspose1d(1, 4, 3, { outputPadding: -1 }),
      'ValueError: ConvTranspose1d: outputPadding -1 must be a whole number ≥ 0, or a list of 1',
    ],
  ]
  test.each(cases.map(([make, text]) => ({ make, text })))(
    '$text',
    ({ make, text }) => {
      expect(message(make)).toBe(text)
    },
  )
})

describe('a function refuses', () => {
  const cases: [call: () => unknown, text: string][] = [
    [
      () => F.conv2d(ones([1, 1, 4, 4]), ones([1, 1, 3])),
      'ShapeError: conv2d: the weight must have 4 axes, [out, in / groups, …], not [1, 1, 3]',
    ],
    [
      () => F.convTranspose1d(ones([1, 4]), ones([1, 1, 3, 3])),
      'ShapeError: convTranspose1d: the weight must have 3 axes, [in, out / groups, ' +
        '…], not [1, 1, 3, 3]',
    ],
    [
      () => F.conv1d(ones([1, 4]), ones([3, 1, 2]), ones([2])),
      'ShapeError: conv1d: the bias [2] is not one number for each of 3 output channels',
    ],
    [
      () => F.convTranspose1d(ones([1, 4]), ones([1, 3, 2]), ones([3, 1])),
      'ShapeError: convTranspose1d: the bias [3, 1] is not one number for each of 3 ' +
        'output channels',
    ],
    [
      () => F.conv2d(ones([1, 4, 4, 4]), ones([3, 2, 2, 2]), null, { groups: 2 }),
      'ValueError: conv2d: 2 groups do not divide 3 output channels',
    ],
    [
      () =>
        F.convTranspose2d(ones([1, 3, 4, 4]), ones([3, 2, 2, 2]), null, { groups: 2 }),
      'ValueError: convTranspose2d: 2 groups do not divide 3 input channels',
    ],
    [
      () => F.conv2d(ones([1, 4, 4, 4]), ones([4, 2, 2, 2]), null, { groups: 1.5 }),
      'ValueError: conv2d: groups is 1.5: it must be a whole number ≥ 1',
    ],
    [
      () => F.convTranspose1d(ones([1, 4, 4]), ones([4, 2, 2]), null, { groups: -2 }),
      'ValueError: convTranspose1d: groups is -2: it must be a whole number ≥ 1',
    ],
    [
      () => F.conv1d(ones([1, 4]), ones([1, 1, 0])),
      'ValueError: conv1d: kernelSize [0] must be a whole number ≥ 1, or a list of 1',
    ],
    [
      () => F.conv1d(ones([1, 4]), ones([1, 1, 3]), null, { padding: -1 }),
      'ValueError: conv1d: padding -1 must be a whole number ≥ 0, or a list of 1',
    ],
    [
      () => F.conv1d(ones([1, 4]), ones([1, 1, 3]), null, { stride: Number.NaN }),
      'ValueError: conv1d: stride NaN must be a whole number ≥ 1, or a list of 1',
    ],
  ]
  test.each(cases.map(([call, text]) => ({ call, text })))(
    '$text',
    ({ call, text }) => {
      expect(message(call)).toBe(text)
    },
  )

  test('a word for padding that it does not know', () => {
    const options = JSON.parse('{ "padding": "full" }')
    expect(message(() => F.conv1d(ones([1, 4]), ones([1, 1, 3]), null, options))).toBe(
      "ValueError: conv1d: padding 'full' is neither 'same' nor 'valid'",
    )
  })
})
