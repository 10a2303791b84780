import { ones, type Tensor, zeros } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import {
  Conv2d,
  ConvTranspose2d,
  functional as F,
  InstanceNorm1d,
  MaxPool2d,
} from '../src/index.ts'

describe('an axis without elements', () => {
  const empty = zeros([1, 1, 0, 4])
  const kernel = ones([1, 1, 2, 2])

  test.each<[string, () => Tensor]>([
    ['conv2d', () => F.conv2d(empty, kernel, null, { padding: 1 })],
    ['convTranspose2d', () => F.convTranspose2d(empty, kernel)],
    ['maxPool2d', () => F.maxPool2d(empty, 2, { padding: 1 })],
    ['avgPool2d', () => F.avgPool2d(empty, 2, { padding: 1 })],
  ])('is refused by %s', (op, compute) => {
    expect(compute).toThrow(
      `${op}: the input [1, 1, 0, 4] has an empty axis to slide along: only the ` +
        'batch may be empty',
    )
  })

  test('in a batch gives as many results: none', () => {
    const none = zeros([0, 4, 6, 6])
    expect(F.conv2d(none, ones([2, 4, 3, 3])).shape).toEqual([0, 2, 4, 4])
    expect(F.maxPool2d(none, 2).shape).toEqual([0, 4, 3, 3])
    expect(F.groupNorm(none, 2).shape).toEqual([0, 4, 6, 6])
    expect(F.groupNorm(zeros([1, 4, 0]), 2).shape).toEqual([1, 4, 0])
  })
})

test('running statistics of instances stay as they are where there is none', () => {
  const layer = new InstanceNorm1d(2, { trackRunningStats: true })
  expect(layer.forward(zeros([0, 2, 3])).shape).toEqual([0, 2, 3])
  expect(layer.runningMean?.toArray()).toEqual([0, 0])
  expect(layer.runningVar?.toArray()).toEqual([1, 1])
})

test('a group of a single value has no variance', () => {
  expect(() => F.groupNorm(ones([1, 4]), 4)).toThrow(
    'groupNorm: a variance needs more than one value, and each of 4 groups of [1, 4] has 1',
  )
  expect(F.groupNorm(ones([2, 4]), 4).toArray()).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ])
})

test('corners can only be aligned where pixels are mixed', () => {
  expect(() =>
    F.interpolate(ones([1, 1, 2, 2]), { size: 3, alignCorners: true }),
  ).toThrow("interpolate: alignCorners means nothing to mode 'nearest'")
})

test('numbers of a window that are no numbers are named', () => {
  const words = 'same' as unknown as number
  const nothing = undefined as unknown as number
  expect(() => new ConvTranspose2d(1, 1, 3, { padding: words })).toThrow(
    'padding same must be',
  )
  expect(() => new Conv2d(1, 1, nothing)).toThrow('kernelSize undefined must be')
  expect(() => new MaxPool2d(nothing)).toThrow('kernelSize undefined must be')
})
