import { ones, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { Generator } from '@deepdive/tensor'
import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { transforms } from '../../src/data.ts'

const {
  colorJitter,
  compose,
  randomAffine,
  randomCrop,
  randomErasing,
  randomHorizontalFlip,
  randomRotation,
  randomVerticalFlip,
} = transforms

/** Each pixel has a number of its own. */
const numbered = (channels: number, height: number, width: number) =>
  tensor(Float32Array.from({ length: channels * height * width }, (_, n) => n)).reshape(
    [channels, height, width],
  )

const generator = (seed: number) => ({ generator: new Generator(seed) })
const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)
const text = (x: Tensor) => JSON.stringify(x.toArray())

const all = {
  randomHorizontalFlip: randomHorizontalFlip(),
  randomVerticalFlip: randomVerticalFlip(),
  randomCrop: randomCrop(4, { padding: 2 }),
  randomRotation: randomRotation(180),
  randomAffine: randomAffine(90, { translate: [0.3, 0.3], scale: [0.5, 2], shear: 20 }),
  colorJitter: colorJitter({ brightness: 1, contrast: 1, saturation: 1, hue: 0.5 }),
  randomErasing: randomErasing({ scale: [0.1, 0.5] }),
}

describe.each(Object.entries(all))('%s', (_, change) => {
  const image = numbered(3, 5, 6).div(90)

  test('does the same by the same seed, and something else by others', () => {
    const made = numbers(20).map((seed) => text(change(image, generator(seed))))
    const again = numbers(20).map((seed) => text(change(image, generator(seed))))
    expect(again).toEqual(made)
    expect(new Set(made).size).toBeGreaterThan(1)
  })

  test('draws for each image of a batch, which does not change itself', () => {
    const batch = image.unsqueeze(0).expand([20, 3, 5, 6]).contiguous()
    const before = text(batch)
    const made = change(batch, generator(1))
    expect(made.shape.slice(0, 2)).toEqual([20, 3])
    const kinds = new Set(numbers(20).map((n) => text(made.select(0, n))))
    expect(kinds.size).toBeGreaterThan(1)
    expect(text(batch)).toBe(before)
  })

  test('gives an empty batch for one', () => {
    const made = change(zeros([0, 3, 5, 6]))
    expect(made.shape).toEqual([0, ...change(image).shape])
  })

  test('refuses what is no image', () => {
    expect(message(() => change(ones([5, 6])))).toContain(
      '[5, 6] is no image: it must be [channels, height, width], or a batch of such',
    )
  })
})

test('mirroring happens as often as its probability says', () => {
  const image = numbered(1, 2, 3)
  const mirrored = image.flip(-1)
  const flip = randomHorizontalFlip(0.25)
  const options = generator(3)
  const made = numbers(2000).map(() => text(flip(image, options)))
  const count = made.filter((one) => one === text(mirrored)).length
  expect(Math.abs(count - 500)).toBeLessThan(80)
  expect(made.filter((one) => one === text(image)).length).toBe(2000 - count)
  expect(text(randomVerticalFlip(1)(image))).toBe(text(image.flip(-2)))
  expect(text(randomVerticalFlip(0)(image))).toBe(text(image))
})

test('a crop is a part of the image, each as likely as any other', () => {
  const image = numbered(1, 4, 5)
  const counts = new Map<string, number>()
  const options = generator(1)
  for (let n = 0; n < 1200; n++) {
    const part = randomCrop([3, 3])(image, options)
    counts.set(text(part), (counts.get(text(part)) ?? 0) + 1)
  }
  const parts = [0, 1].flatMap((top) =>
    [0, 1, 2].map((left) => text(image.narrow(1, top, 3).narrow(2, left, 3))),
  )
  expect([...counts.keys()].sort()).toEqual(parts.sort())
  for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(60)
})

test('a crop may reach into padding, of a value or of a kind', () => {
  const image = ones([1, 2, 2])
  const sums = numbers(60).map((seed) => {
    const options = { padding: 1, fill: 10 }
    return randomCrop(2, options)(image, generator(seed)).sum().item()
  })
  expect(new Set(sums)).toEqual(new Set([4, 22, 31]))
  const mirrored = randomCrop(4, { padding: 1, paddingMode: 'reflect' })
  expect(text(mirrored(numbered(1, 2, 2)))).toBe(
    '[[[3,2,3,2],[1,0,1,0],[3,2,3,2],[1,0,1,0]]]',
  )
})

test('rotation turns by some angle of its range', () => {
  const image = zeros([1, 9, 9])
  image.select(1, 4).narrow(1, 4, 5).fill_(1)
  const heights = numbers(100).map((seed) => {
    const turned = randomRotation([45, 90])(image, generator(seed))
    // What pointed right points up and right, or up.
    expect(turned.narrow(1, 6, 3).sum().item()).toBe(0)
    expect(turned.narrow(2, 0, 4).sum().item()).toBe(0)
    return turned.narrow(1, 0, 4).sum().item()
  })
  expect(Math.min(...heights)).toBeGreaterThan(0)
})

test('moving stays within its share of the sides', () => {
  const image = zeros([1, 10, 20])
  image.select(1, 5).narrow(1, 10, 1).fill_(1)
  const seen = { rows: new Set<number>(), columns: new Set<number>() }
  for (const seed of numbers(300)) {
    const moved = randomAffine(0, { translate: [0.1, 0.2] })(image, generator(seed))
    const place = moved.flatten().argmax().item()
    seen.rows.add(Math.floor(place / 20))
    seen.columns.add(place % 20)
  }
  expect([...seen.rows].sort()).toEqual([3, 4, 5, 6, 7])
  expect([...seen.columns].sort()).toEqual([10, 11, 12, 8, 9])
})

test('colours change within their ranges, in any order', () => {
  const grey = ones([1, 2, 2]).mul(0.5)
  const factors = numbers(200).map((seed) => {
    return colorJitter({ brightness: 0.4 })(grey, generator(seed)).amax().item() / 0.5
  })
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.6)
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.4)
  expect(Math.max(...factors) - Math.min(...factors)).toBeGreaterThan(0.7)
  const image = tensor([[[0.1, 0.9]], [[0.3, 0.2]], [[0.5, 0.4]]])
  const both = colorJitter({ brightness: [1.5, 1.5], contrast: [0.5, 0.5] })
  const orders = new Set(numbers(40).map((seed) => text(both(image, generator(seed)))))
  expect(orders.size).toBe(2)
  expect(text(colorJitter()(image))).toBe(text(image))
})

test('erasing covers its share of the image, in its proportion, or nothing', () => {
  const image = ones([2, 40, 40])
  const options = { scale: [0.1, 0.2], ratio: [0.5, 2], p: 0.5 } as const
  const erased = numbers(300).map((seed) => {
    const made = randomErasing(options)(image, generator(seed))
    const gone = made.select(0, 0).eq(0).to('float32')
    expect(text(made.select(0, 1).eq(0))).toBe(text(made.select(0, 0).eq(0)))
    const height = gone.amax(1).sum().item()
    const width = gone.amax(0).sum().item()
    expect(gone.sum().item()).toBe(height * width)
    return [height, width] as const
  })
  const changed = erased.filter(([height]) => height > 0)
  expect(Math.abs(changed.length - 150)).toBeLessThan(40)
  for (const [height, width] of changed) {
    expect(height * width).toBeGreaterThan(0.08 * 1600)
    expect(height * width).toBeLessThan(0.23 * 1600)
    expect(height / width).toBeGreaterThan(0.4)
    expect(height / width).toBeLessThan(2.4)
  }
})

test('transforms follow one another', () => {
  const image = numbered(1, 2, 3)
  const both = compose([randomHorizontalFlip(1), randomVerticalFlip(1)])
  expect(text(both(image))).toBe(text(image.flip([-1, -2])))
  const cut = compose([randomCrop(1), randomCrop(1)])
  expect(text(cut(image, generator(4)))).toBe(text(cut(image, generator(4))))
  expect(text(compose([])(image))).toBe(text(image))
})

test('options that make no sense are refused when a transform is made', () => {
  const refused: [() => unknown, string][] = [
    [
      () => randomHorizontalFlip(2),
      'randomHorizontalFlip: p is 2: it must be in [0, 1]',
    ],
    [() => randomVerticalFlip(-1), 'randomVerticalFlip: p is -1'],
    [() => randomCrop(0), 'randomCrop: height is 0: it must be a whole number ≥ 1'],
    [() => randomCrop([2, 0.5]), 'randomCrop: width is 0.5'],
    [() => randomCrop(2, { padding: -1 }), 'randomCrop: padding is -1'],
    [() => randomRotation(NaN), 'randomRotation: degrees[0] is NaN'],
    [
      () => randomRotation([2, 1]),
      'randomRotation: degrees goes from 2 to 1: the first must not be the greater',
    ],
    [() => randomAffine(0, { translate: [2, 0] }), 'randomAffine: translate[0] is 2'],
    [() => randomAffine(0, { scale: [0, 1] }), 'randomAffine: scale[0] is 0'],
    [() => colorJitter({ brightness: -1 }), 'colorJitter: brightness is -1'],
    [() => colorJitter({ contrast: [-1, 1] }), 'colorJitter: contrast[0] is -1'],
    [() => colorJitter({ hue: 0.6 }), 'colorJitter: hue[0] is -0.6: it must be from'],
    [() => randomErasing({ p: 2 }), 'randomErasing: p is 2'],
    [() => randomErasing({ scale: [0.5, 1.5] }), 'randomErasing: scale[1] is 1.5'],
    [() => randomErasing({ ratio: [0, 1] }), 'randomErasing: ratio[0] is 0'],
    [() => transforms.normalize(0, [1, 0]), 'normalize: std is 0: it must be a finite'],
    [() => transforms.normalize(NaN, 1), 'normalize: mean is NaN'],
    [() => transforms.resize(0), 'resize: height is 0'],
    [() => transforms.centerCrop([1, -1]), 'centerCrop: width is -1'],
    [() => transforms.oneHot(0), 'oneHot: numClasses is 0'],
  ]
  for (const [make, text] of refused) expect(message(make)).toContain(text)
})
