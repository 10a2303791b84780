import { ones, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { message } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DataLoader,
  Dataset,
  IterableDataset,
  TensorDataset,
  transforms,
} from '../../src/data.ts'

const { channelStatistics, functional, oneHot, toTensor } = transforms

test('a batch is changed as each of its images', () => {
  const batch = tensor(Float32Array.from({ length: 120 }, (_, n) => n / 120)).reshape([
    2, 3, 4, 5,
  ])
  const changes = [
    transforms.normalize([0, 0.5, 1], [1, 2, 3]),
    transforms.resize([3, 7]),
    transforms.resize(2, { mode: 'nearest' }),
    transforms.centerCrop([2, 8]),
  ]
  for (const change of changes) {
    for (const n of [0, 1]) {
      const image = change(batch.select(0, n))
      expect(change(batch).select(0, n).toArray()).toEqual(image.toArray())
    }
  }
})

test('a picture of all its pixels alike stays so, whatever its size', () => {
  const sides = fc.integer({ min: 1, max: 12 })
  const property = fc.property(sides, sides, sides, sides, fc.boolean(), (...given) => {
    const [height, width, newHeight, newWidth, antialias] = given
    const image = ones([1, height, width]).mul(0.75)
    const made = functional.resize(image, [newHeight, newWidth], { antialias })
    expect(made.shape).toEqual([1, newHeight, newWidth])
    for (const value of made.toTypedArray()) expect(value).toBeCloseTo(0.75, 5)
  })
  fc.assert(property)
})

test('outside the edges is the fill', () => {
  const image = ones([1, 2, 2])
  const moved = functional.affine(image, { translate: [1, 0], fill: 9 })
  expect(moved.toArray()).toEqual([
    [
      [9, 1],
      [9, 1],
    ],
  ])
  const half = { translate: [0.5, 0], mode: 'bilinear', fill: 9 } as const
  expect(functional.affine(image, half).toArray()).toEqual([
    [
      [5, 1],
      [5, 1],
    ],
  ])
})

describe('what makes no sense is refused', () => {
  const image = ones([2, 3, 4])
  const cases: [() => unknown, string][] = [
    [
      () => functional.normalize(image, [1, 2, 3], 1),
      'ShapeError: normalize: mean has 3 numbers, but the image [2, 3, 4] has 2 ' +
        'channels',
    ],
    [
      () => functional.normalize(image.to('int32'), 0, 1),
      'DTypeError: normalize: the image is int32: it must be float32: use ' +
        ".to('float32')",
    ],
    [
      () => functional.resize(zeros([2]), 3),
      'ShapeError: resize: [2] is no image: it must be [channels, height, width], or ' +
        'a batch of such',
    ],
    [
      () => functional.resize(image, [2, 0]),
      'ValueError: resize: width is 0: it must be a whole number ≥ 1',
    ],
    [
      () => functional.resize(image, 2, { mode: 'cubic' as never }),
      "ValueError: resize: mode is 'cubic': it must be 'nearest' or 'bilinear'",
    ],
    [
      () => functional.crop(image, 1, 0, 3, 4),
      'ValueError: crop: 3×4 from row 1 and column 0 on reaches beyond images of ' +
        '[2, 3, 4]: pad() them first, or resize() them',
    ],
    [
      () => functional.affine(image, { scale: 0 }),
      'ValueError: affine: scale is 0: it must be a finite number > 0',
    ],
    [
      () => functional.rotate(image, Infinity),
      'ValueError: rotate: angle is -Infinity: it must be a finite number',
    ],
    [
      () => functional.adjustContrast(image, 1),
      'ShapeError: adjustContrast: the image [2, 3, 4] has 2 channels: it must have ' +
        '1, or 3 for red, green and blue',
    ],
    [
      () => functional.adjustHue(ones([3, 1, 1]), 0.7),
      'ValueError: adjustHue: factor is 0.7: it must be from -0.5 to 0.5',
    ],
  ]
  test.each(cases)('%s', (call, text) => expect(message(call)).toBe(text))
})

test('labels become vectors of 0 and 1, of any shape', () => {
  const labels = tensor([[2, 0]], { dtype: 'int32' })
  expect(oneHot(3)(labels).toArray()).toEqual([
    [
      [0, 0, 1],
      [1, 0, 0],
    ],
  ])
  const wrong = tensor([1, 3], { dtype: 'int32' })
  expect(message(() => oneHot(3)(wrong))).toBe(
    'IndexError: oneHot: label 3 is outside 0…2',
  )
  expect(message(() => oneHot(3)(tensor([1])))).toBe(
    "DTypeError: oneHot: labels are float32: use .to('int32')",
  )
})

test('a picture of bytes, or of 16 bits, becomes fractions by channel', () => {
  const data = Uint8Array.of(0, 51, 102, 153, 204, 255)
  const image = toTensor({ width: 1, height: 2, data })
  expect(image.shape).toEqual([3, 2, 1])
  const fractions = [0, 153, 51, 204, 102, 255].map((byte) => Math.fround(byte / 255))
  expect([...image.toTypedArray()]).toEqual(fractions)
  const deep = { width: 2, height: 1, data: Uint16Array.of(65_535, 0) }
  expect(toTensor(deep).toArray()).toEqual([[[1, 0]]])
  expect(message(() => toTensor({ width: 4, height: 1, data }))).toBe(
    'ShapeError: toTensor: 6 numbers are not some for each of 4×1 pixels',
  )
})

describe('the mean and std of each channel', () => {
  test('are those of all pixels, whatever the batches', async () => {
    const cases = fc.record({
      length: fc.integer({ min: 1, max: 20 }),
      batchSize: fc.integer({ min: 1, max: 7 }),
      shift: fc.constantFrom(0, 1000),
    })
    const property = fc.asyncProperty(cases, async ({ length, batchSize, shift }) => {
      const values = Float32Array.from({ length: length * 6 }, (_, n) => {
        return shift + Math.sin(n + length)
      })
      const images = tensor(values).reshape([length, 2, 3])
      const loader = new DataLoader(new TensorDataset(images), { batchSize })
      const { mean, std } = await channelStatistics(loader)
      for (const channel of [0, 1]) {
        const pixels = [...images.select(1, channel).toTypedArray()]
        const average = pixels.reduce((a, b) => a + b) / pixels.length
        const variance =
          pixels.reduce((a, b) => a + (b - average) ** 2, 0) / pixels.length
        expect(mean[channel]).toBeCloseTo(average, 9)
        expect(std[channel]).toBeCloseTo(Math.sqrt(variance), 9)
      }
    })
    await fc.assert(property)
  })

  test('are of what a batch has first, or of what is named', async () => {
    const samples = Dataset.from([
      { image: ones([1, 2, 2]), label: 3 },
      { image: zeros([1, 2, 2]), label: 4 },
    ])
    const found = await channelStatistics(new DataLoader(samples), ({ image }) => image)
    expect(found).toEqual({ mean: [0.5], std: [0.5] })
    await expect(channelStatistics(new DataLoader(samples))).rejects.toThrow(
      'channelStatistics: a batch does not begin with a tensor: say where its images ' +
        'are, as in (batch) => batch.image',
    )
  })

  test('of no images, or of what has no channels, are refused', async () => {
    const none = new DataLoader(new TensorDataset(zeros([0, 3])))
    await expect(channelStatistics(none)).rejects.toThrow(
      'channelStatistics: there are no images to learn them from',
    )
    const flat = new DataLoader(new TensorDataset(zeros([3])))
    await expect(channelStatistics(flat)).rejects.toThrow(
      'channelStatistics: [1] has no channels: give [N, C, ...]',
    )
    const mixed = [zeros([2, 1, 4, 4]), zeros([2, 3, 4, 4])]
    for (const batches of [mixed, mixed.toReversed()]) {
      await expect(channelStatistics(IterableDataset.from(batches))).rejects.toThrow(
        /^channelStatistics: a batch has \d channels, and those before it \d: give/,
      )
    }
    const nowhere = IterableDataset.from([{ picture: zeros([1, 1]) }])
    const imagesOf = (batch: object): Tensor => Reflect.get(batch, 'image')
    await expect(channelStatistics(nowhere, imagesOf)).rejects.toThrow(
      'channelStatistics: what has the images is undefined, not a tensor',
    )
  })
})
