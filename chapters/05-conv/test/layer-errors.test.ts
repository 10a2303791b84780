import { ones, type Tensor, zeros } from '@deepdive/autograd'
import { type Layer, ReLU, Sequential } from '@deepdive/nn'
import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import {
  AdaptiveAvgPool2d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AvgPool1d,
  AvgPool2d,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  ConvTranspose1d,
  Dropout1d,
  Dropout2d,
  functional as F,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  MaxPool1d,
  MaxPool2d,
  PixelShuffle,
  PixelUnshuffle,
  Unfold,
  Upsample,
} from '../src/index.ts'

type Refusal = readonly [text: string, run: () => unknown]

function all(refusals: readonly Refusal[]): void {
  for (const [text, run] of refusals)
    test(text.split('\n')[0], () => {
      expect(message(run)).toBe(text)
    })
}

/** The layer second in the block of a model. */
const inModel = (layer: Layer, shape: number[]) => () => {
  const block = new Sequential({ act: new ReLU(), second: layer })
  return new Sequential({ block }).forward(zeros(shape))
}

describe('in a model, a layer names its place and both numbers:', () => {
  all([
    [
      'ShapeError: maxPool2d: a window that reaches over 3 elements does not fit an ' +
        'axis of 2, 2 with its padding: use a smaller kernel or dilation, or pad more\n' +
        '  in block.second (MaxPool2d 2×3, stride 2×3)',
      inModel(new MaxPool2d([2, 3]), [1, 1, 5, 2]),
    ],
    [
      'ShapeError: avgPool1d: a window that reaches over 4 elements does not fit an ' +
        'axis of 1, 3 with its padding: use a smaller kernel or dilation, or pad more\n' +
        '  in block.second (AvgPool1d kernel 4, stride 4, padding 1)',
      inModel(new AvgPool1d(4, { padding: 1 }), [2, 1]),
    ],
    [
      'ShapeError: maxPool1d: the input must be [N, C, L], or [C, L] for a single ' +
        'sample, not [5]\n  in block.second (MaxPool1d kernel 2, ceilMode)',
      inModel(new MaxPool1d(2, { stride: 1, ceilMode: true }), [5]),
    ],
    [
      'ShapeError: adaptiveAvgPool2d: the input must be [N, C, H, W], or [C, H, W] ' +
        'for a single sample, not [3, 4]\n  in block.second (AdaptiveAvgPool2d → 1, 1)',
      inModel(new AdaptiveAvgPool2d(1), [3, 4]),
    ],
    [
      'ShapeError: adaptiveMaxPool1d: the input [1, 2, 0] has an empty axis to slide ' +
        'along: only the batch may be empty\n  in block.second (AdaptiveMaxPool1d → as it is)',
      inModel(new AdaptiveMaxPool1d(null), [1, 2, 0]),
    ],
    [
      'ShapeError: batchNorm: the input [2, 4, 5, 5] has 4 channels, but the layer ' +
        'is for 3\n  in block.second (BatchNorm2d 3)',
      inModel(new BatchNorm2d(3), [2, 4, 5, 5]),
    ],
    [
      'ShapeError: batchNorm: the input must be [N, C, H, W], not [2, 3, 5]\n' +
        '  in block.second (BatchNorm2d 3, no weight, no running statistics)',
      inModel(
        new BatchNorm2d(3, { affine: false, trackRunningStats: false }),
        [2, 3, 5],
      ),
    ],
    [
      'ShapeError: batchNorm: the input must be [N, C] or [N, C, L], not [3]\n' +
        '  in block.second (BatchNorm1d 3)',
      inModel(new BatchNorm1d(3), [3]),
    ],
    [
      'ValueError: batchNorm: expected more than 1 value per channel when training, and over axes ' +
        '[0] of [1, 3] there is 1: give larger inputs or batches, or normalize by ' +
        'running statistics, as eval() does\n  in block.second (BatchNorm1d 3)',
      inModel(new BatchNorm1d(3), [1, 3]),
    ],
    [
      'ValueError: instanceNorm: expected more than 1 value per channel when training, and over axes ' +
        '[2, 3] of [4, 3, 1, 1] there is 1: give larger inputs or batches, or ' +
        'normalize by running statistics, as eval() does\n' +
        '  in block.second (InstanceNorm2d 3, no weight, no running statistics)',
      inModel(new InstanceNorm2d(3), [4, 3, 1, 1]),
    ],
    [
      'ShapeError: instanceNorm: the input [2, 4] has 2 channels, but the layer is ' +
        'for 3\n  in block.second (InstanceNorm1d 3, no running statistics)',
      inModel(new InstanceNorm1d(3, { affine: true }), [2, 4]),
    ],
    [
      'ShapeError: groupNorm: the input [2, 6] has 6 channels, but the layer is for 4\n' +
        '  in block.second (GroupNorm 2 groups of 2 channels)',
      inModel(new GroupNorm(2, 4), [2, 6]),
    ],
    [
      'ShapeError: dropout2d: the input must be [N, C, H, W], or [C, H, W] for a ' +
        'single sample, not [3, 4]\n  in block.second (Dropout2d p=0.5)',
      inModel(new Dropout2d(), [3, 4]),
    ],
    [
      'ShapeError: pixelShuffle: 6 channels of [1, 6, 2, 2] are no multiple of 2² = 4\n' +
        '  in block.second (PixelShuffle × 2)',
      inModel(new PixelShuffle(2), [1, 6, 2, 2]),
    ],
    [
      'ShapeError: pixelUnshuffle: 4 × 5 pixels of [1, 4, 5] are no multiple of 2\n' +
        '  in block.second (PixelUnshuffle ÷ 2)',
      inModel(new PixelUnshuffle(2), [1, 4, 5]),
    ],
    [
      "ShapeError: interpolate: the input must be [N, C, H, W] for mode 'bilinear', " +
        'not [1, 2, 3]\n  in block.second (Upsample scaleFactor=2, bilinear, alignCorners)',
      inModel(
        new Upsample({ scaleFactor: 2, mode: 'bilinear', alignCorners: true }),
        [1, 2, 3],
      ),
    ],
    [
      'ValueError: interpolate: scaleFactor 0.2×0.2 cannot make pixels of [4, 4]: ' +
        'give one number, or one for each axis, that leave each at least one pixel\n' +
        '  in block.second (Upsample scaleFactor=0.2, nearest)',
      inModel(new Upsample({ scaleFactor: 0.2 }), [1, 1, 4, 4]),
    ],
    [
      'ValueError: interpolate: size 3×3 cannot make pixels of [4]: give one number, ' +
        'or one for each axis, that leave each at least one pixel\n' +
        '  in block.second (Upsample size=3×3, nearest)',
      inModel(new Upsample({ size: [3, 3] }), [1, 1, 4]),
    ],
  ])
})

describe('a layer is not made:', () => {
  all([
    [
      'ValueError: MaxPool2d: padding 2 is more than half the kernel of 3: a window ' +
        'could hold nothing but padding',
      () => new MaxPool2d([5, 3], { padding: 2 }),
    ],
    [
      'ValueError: AvgPool1d: padding -1 must be a whole number ≥ 0, or a list of 1',
      () => new AvgPool1d(3, { padding: -1 }),
    ],
    [
      'ValueError: MaxPool1d: kernelSize 0 must be a whole number ≥ 1, or a list of 1',
      () => new MaxPool1d(0),
    ],
    [
      'ValueError: AvgPool2d: stride [1, 0] must be a whole number ≥ 1, or a list of 2',
      () => new AvgPool2d(2, { stride: [1, 0] }),
    ],
    [
      'ValueError: AvgPool2d: divisorOverride 0 must be a number other than 0',
      () => new AvgPool2d(2, { divisorOverride: 0 }),
    ],
    [
      'ValueError: AdaptiveAvgPool2d: outputSize [2, 0] must be a whole number ≥ 1, ' +
        'or null to keep an axis as it is, or a list of 2',
      () => new AdaptiveAvgPool2d([2, 0]),
    ],
    [
      'ValueError: AdaptiveMaxPool1d: outputSize [1, null] must be a whole number ≥ ' +
        '1, or null to keep an axis as it is, or a list of 1',
      () => new AdaptiveMaxPool1d([1, null]),
    ],
    [
      'ValueError: BatchNorm2d: numFeatures is 1.5: it must be a whole number ≥ 1',
      () => new BatchNorm2d(1.5),
    ],
    [
      'ValueError: GroupNorm: 3 groups do not divide 4 channels',
      () => new GroupNorm(3, 4),
    ],
    [
      'ValueError: GroupNorm: numGroups is 0: it must be a whole number ≥ 1',
      () => new GroupNorm(0, 4),
    ],
    [
      'ValueError: GroupNorm: numChannels is 0: it must be a whole number ≥ 1',
      () => new GroupNorm(1, 0),
    ],
    [
      'ValueError: GroupNorm: numChannels is -4: it must be a whole number ≥ 1',
      () => new GroupNorm(2, -4),
    ],
    [
      'ValueError: AdaptiveAvgPool2d: outputSize [undefined, undefined] must be a ' +
        'whole number ≥ 1, or null to keep an axis as it is, or a list of 2',
      () => Reflect.construct(AdaptiveAvgPool2d, []),
    ],
    ['ValueError: Dropout1d: p is 2: it must be in [0, 1]', () => new Dropout1d(2)],
    [
      'ValueError: Upsample: give either size or scaleFactor',
      () => new Upsample({ size: 2, scaleFactor: 2 }),
    ],
    [
      'ValueError: Upsample: size is 2.5: it must be a whole number ≥ 1',
      () => new Upsample({ size: 2.5 }),
    ],
    [
      'ValueError: Upsample: size[1] is 0: it must be a whole number ≥ 1',
      () => new Upsample({ size: [4, 0] }),
    ],
    [
      'ValueError: Upsample: scaleFactor is -2: it must be a finite number > 0',
      () => new Upsample({ scaleFactor: -2 }),
    ],
    [
      'ValueError: Upsample: scaleFactor[1] is Infinity: it must be a finite number > 0',
      () => new Upsample({ scaleFactor: [2, Infinity] }),
    ],
    [
      'ValueError: BatchNorm2d: eps is -1: it must be a finite number ≥ 0',
      () => new BatchNorm2d(1, { eps: -1 }),
    ],
    [
      'ValueError: InstanceNorm1d: eps is NaN: it must be a finite number ≥ 0',
      () => new InstanceNorm1d(1, { eps: Number.NaN }),
    ],
    [
      'ValueError: GroupNorm: eps is Infinity: it must be a finite number ≥ 0',
      () => new GroupNorm(1, 1, { eps: Infinity }),
    ],
    [
      'ValueError: PixelShuffle: upscaleFactor is 1.5: it must be a whole number ≥ 1',
      () => new PixelShuffle(1.5),
    ],
    [
      'ValueError: PixelUnshuffle: downscaleFactor is 0: it must be a whole number ≥ 1',
      () => new PixelUnshuffle(0),
    ],
  ])
})

describe('options that PyTorch takes by their place are asked for by name:', () => {
  const calls: [layer: object, args: unknown[], found: string][] = [
    [Conv2d, [1, 1, 3, 2], 'the number 2'],
    [ConvTranspose1d, [1, 1, 3, 2], 'the number 2'],
    [MaxPool2d, [2, 1], 'the number 1'],
    [AvgPool2d, [2, 1], 'the number 1'],
    [AdaptiveMaxPool2d, [2, true], 'the boolean true'],
    [BatchNorm2d, [3, 1e-3], 'the number 0.001'],
    [GroupNorm, [1, 3, 0.5], 'the number 0.5'],
    [Unfold, [2, 2], 'the number 2'],
    [Upsample, [], 'undefined'],
  ]
  test.each(calls)('%s %s', (layer, args, found) => {
    expect(() => Reflect.construct(layer as typeof Conv2d, args)).toThrow(
      `options are ${found}: they must be an object, as { name: value }`,
    )
  })
})

describe('a function refuses:', () => {
  const x: Tensor = ones([2, 3, 4])
  all([
    [
      'ShapeError: batchNorm: the input [2, 3, 4] has 3 channels, but runningVar [4] ' +
        'is no number for each',
      () => F.batchNorm(x, zeros([3]), ones([4])),
    ],
    [
      'ShapeError: instanceNorm: the input [2, 3, 4] has 3 channels, but weight [3, ' +
        '1] is no number for each',
      () => F.instanceNorm(x, null, null, ones([3, 1])),
    ],
    [
      'ShapeError: groupNorm: the input must be [N, C, …], not [3]',
      () => F.groupNorm(ones([3]), 3),
    ],
    [
      'ValueError: groupNorm: 2 groups do not divide 3 channels',
      () => F.groupNorm(x, 2),
    ],
    [
      'ValueError: batchNorm: there must be runningMean and runningVar, or ' +
        'statistics of the data to normalize by',
      () => F.batchNorm(x, null, null),
    ],
    [
      'ValueError: batchNorm: give both runningMean and runningVar, or neither',
      () => F.batchNorm(x, zeros([3]), null, null, null, { training: true }),
    ],
    [
      'ValueError: interpolate: give either size or scaleFactor',
      () => F.interpolate(x),
    ],
    [
      "ValueError: interpolate: mode is 'cubic': it must be 'nearest' or 'bilinear'",
      () => Reflect.apply(F.interpolate, null, [x, { size: 2, mode: 'cubic' }]),
    ],
    [
      'ShapeError: interpolate: the input must be [N, C, H, W] or [N, C, L] for mode ' +
        "'nearest', not [4]",
      () => F.interpolate(ones([4]), { size: 2 }),
    ],
    [
      'ShapeError: pixelShuffle: the input must be [..., C, H, W], not [4, 4]',
      () => F.pixelShuffle(ones([4, 4]), 2),
    ],
    ['ValueError: dropout: p is -1: it must be in [0, 1]', () => F.dropout1d(x, -1)],
  ])
})

test('all layers say on one line what they are', () => {
  const layers = [
    new MaxPool2d(2),
    new MaxPool1d(3, { stride: 1, padding: 1, dilation: 2, ceilMode: true }),
    new AvgPool2d([2, 3], { stride: 2 }),
    new AdaptiveMaxPool1d(3),
    new AdaptiveAvgPool2d([null, 7]),
    new Upsample({ size: [4, 6], mode: 'bilinear' }),
    new PixelShuffle(2),
    new PixelUnshuffle(3),
    new BatchNorm1d(8),
    new BatchNorm2d(8, { affine: false }),
    new InstanceNorm1d(8, { affine: true, trackRunningStats: true }),
    new GroupNorm(4, 8, { affine: false }),
    new Dropout2d(0.1),
  ]
  expect(layers.map((layer) => layer.describe())).toEqual([
    'MaxPool2d 2×2, stride 2',
    'MaxPool1d kernel 3, padding 1, dilation 2, ceilMode',
    'AvgPool2d 2×3, stride 2',
    'AdaptiveMaxPool1d → 3',
    'AdaptiveAvgPool2d → as it is, 7',
    'Upsample size=4×6, bilinear',
    'PixelShuffle × 2',
    'PixelUnshuffle ÷ 3',
    'BatchNorm1d 8',
    'BatchNorm2d 8, no weight',
    'InstanceNorm1d 8',
    'GroupNorm 4 groups of 2 channels, no weight',
    'Dropout2d p=0.1',
  ])
})
