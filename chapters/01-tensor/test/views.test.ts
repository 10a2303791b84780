import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arange, type NDArray, type Shape, zeros } from '../src/index.ts'
import { anyView, elementsOf, indicesOf, product, readAll } from './reference.ts'

describe('a view shares the memory of its base', () => {
  const views: Record<string, (x: NDArray) => NDArray> = {
    reshape: (x) => x.reshape([4, 6]),
    permute: (x) => x.permute([2, 0, 1]),
    transpose: (x) => x.transpose(0, 2),
    t: (x) => x.select(0, 1).t(),
    movedim: (x) => x.movedim(0, -1),
    expand: (x) => x.expand([2, 2, 3, 4]),
    slice: (x) => x.slice(1, 0, 3, 2),
    'slice backwards': (x) => x.slice(2, null, null, -1),
    select: (x) => x.select(1, -1),
    narrow: (x) => x.narrow(2, 1, 2),
    diagonal: (x) => x.diagonal(1, 1, 2),
    unfold: (x) => x.unfold(2, 2, 1),
    flip: (x) => x.flip([0, 2]),
    squeeze: (x) => x.narrow(1, 2, 1).squeeze(1),
    unsqueeze: (x) => x.unsqueeze(1),
    flatten: (x) => x.flatten(1),
    unflatten: (x) => x.unflatten(2, [2, -1]),
    split: (x) => x.split(2, 2)[1],
    chunk: (x) => x.chunk(2, 2)[0],
    at: (x) => x.at(-1, '...', [null, null, 2], null),
    'a view of a view of a view': (x) => x.flip(0).permute([1, 2, 0]).slice(1, 1, 4, 2),
  }
  for (const [name, view] of Object.entries(views)) {
    test(`${name}: what is written through it shows in the base`, () => {
      const base = zeros([2, 3, 4])
      const part = view(base)
      expect(part.storage).toBe(base.storage)
      expect(part.sum().item()).toBe(0)
      const numbered = view(arange(24).reshape([2, 3, 4]))
      part.fill_(1)
      const touched = new Set(readAll(numbered))
      expect(readAll(base)).toEqual(readAll(base.clone()))
      expect(readAll(base).map(Boolean)).toEqual(
        Array.from({ length: 24 }, (_, n) => touched.has(n)),
      )
    })
  }
})

test('any chain of views holds the elements that it should', () => {
  fc.assert(
    fc.property(anyView(), ({ x, ref }) => {
      expect(x.shape).toEqual(ref.shape)
      expect(readAll(x)).toEqual(elementsOf(ref))
      expect(Array.from(x.toTypedArray())).toEqual(elementsOf(ref))
      expect(Array.from(x.clone().storage.memory as Float32Array)).toEqual(
        elementsOf(ref),
      )
    }),
  )
})

describe('reshape', () => {
  test('keeps the elements in row-major order', () => {
    fc.assert(
      fc.property(anyView(), fc.nat(), ({ x, ref }, choice) => {
        const shape = anotherShape(ref.shape, choice)
        const y = x.reshape(shape)
        expect(y.shape).toEqual(shape)
        expect(readAll(y)).toEqual(elementsOf(ref))
      }),
    )
  })

  test('copies only where no strides can say the new shape', () => {
    fc.assert(
      fc.property(anyView(), fc.nat(), ({ x, ref }, choice) => {
        const shape = anotherShape(ref.shape, choice)
        const shares = x.reshape(shape).storage === x.storage
        expect(shares).toBe(canBeStrided(addresses(x), shape))
      }),
      { numRuns: 400 },
    )
  })

  test('finds the size that −1 stands for', () => {
    expect(zeros([2, 6]).reshape([3, -1]).shape).toEqual([3, 4])
    expect(zeros([2, 6]).reshape([-1]).shape).toEqual([12])
    expect(zeros([]).reshape([1, -1]).shape).toEqual([1, 1])
    expect(zeros([0, 3]).reshape([-1, 3]).shape).toEqual([0, 3])
  })

  test('refuses a shape of another size', () => {
    const x = zeros([2, 3])
    expect(() => x.reshape([4, 2])).toThrow(
      'reshape: cannot lay 6 elements out as [4, 2], which has 8',
    )
    expect(() => x.reshape([4, -1])).toThrow(
      'reshape: cannot lay 6 elements out as [4, -1]: 4 does not divide 6',
    )
    expect(() => x.reshape([-1, -1])).toThrow(
      'reshape: [-1, -1] has two −1: only one can follow',
    )
    expect(() => x.reshape([-2, -3])).toThrow('reshape: [-2, -3] is no shape')
    expect(() => zeros([0]).reshape([0, -1])).toThrow('reshape: cannot lay 0 elements')
  })
})

/** Some shape of the same size: factors of the size, with an axis of 1 here and there. */
function anotherShape(shape: Shape, choice: number): Shape {
  const size = product(shape)
  if (size === 0) return choice % 2 ? shape.toReversed() : [...shape, 1]
  const factors: number[] = []
  for (let rest = size, f = 2; rest > 1; ) {
    if (rest % f === 0) {
      factors.push(f)
      rest /= f
    } else f++
  }
  const joined: number[] = []
  factors.forEach((factor, n) => {
    if ((choice >> n) % 2 && joined.length > 0) joined[joined.length - 1] *= factor
    else joined.push(...((choice >> (n + 5)) % 3 ? [factor] : [1, factor]))
  })
  return choice % 7 === 0 ? joined.toReversed() : joined
}

/** Where each element of a view lies in memory, in row-major order. */
function addresses({ shape, strides, offset }: NDArray): number[] {
  return indicesOf(shape).map((index) =>
    index.reduce((place, n, axis) => place + n * strides[axis], offset),
  )
}

/** Whether one step per axis of `shape` leads to these addresses, by trying. */
function canBeStrided(places: readonly number[], shape: Shape): boolean {
  if (places.length === 0) return true
  const steps = shape.map((_, axis) => {
    const stride = product(shape.slice(axis + 1))
    return shape[axis] > 1 ? places[stride] - places[0] : 0
  })
  return indicesOf(shape).every((index, at) => {
    const place = index.reduce((sum, n, axis) => sum + n * steps[axis], places[0])
    return place === places[at]
  })
}

describe('axes', () => {
  const x = zeros([2, 3, 4])
  test('count from the end where negative', () => {
    expect(x.permute([-1, 0, 1]).shape).toEqual([4, 2, 3])
    expect(x.transpose(-1, -2).shape).toEqual([2, 4, 3])
    expect(x.unsqueeze(-1).shape).toEqual([2, 3, 4, 1])
    expect(x.flatten(-2, -1).shape).toEqual([2, 12])
    expect(x.size(-3)).toBe(2)
  })

  test('out of range are refused with those that there are', () => {
    const range = 'in 3 dimensions: use -3 to 2'
    expect(() => x.sum(3)).toThrow(`sum: there is no axis 3 ${range}`)
    expect(() => x.permute([0, 1, -4])).toThrow(`permute: there is no axis -4 ${range}`)
    expect(() => x.transpose(0, 5)).toThrow(`transpose: there is no axis 5 ${range}`)
    expect(() => x.size(1.5)).toThrow(`size: there is no axis 1.5 ${range}`)
    expect(() => zeros([]).size(0)).toThrow(
      'size: there is no axis 0 in 0 dimensions: a 0-dimensional array has none',
    )
    expect(() => x.unsqueeze(4)).toThrow(
      'unsqueeze: there is no axis 4 in 4 dimensions: use -4 to 3',
    )
  })

  test('must each be named once', () => {
    expect(() => x.permute([0, 0, 1])).toThrow(
      'permute: dims [0, 0, 1] name an axis twice',
    )
    expect(() => x.permute([0, 1])).toThrow(
      'permute: dims [0, 1] must name each of 3 axes once',
    )
    expect(() => x.sum([0, -3])).toThrow('sum: dims [0, -3] name an axis twice')
  })

  test('squeeze only where their size is 1', () => {
    expect(zeros([1, 2, 1, 3]).squeeze().shape).toEqual([2, 3])
    expect(zeros([1, 2, 1, 3]).squeeze(-2).shape).toEqual([1, 2, 3])
    expect(zeros([1, 2]).squeeze(1).shape).toEqual([1, 2])
  })
})

describe('bad views are refused:', () => {
  const x = zeros([2, 3])
  const cases: [string, () => unknown, string][] = [
    [
      'expand of an axis that is not 1',
      () => x.expand([2, 4]),
      'expand: cannot stretch [2, 3] to [2, 4]: only axes of size 1 stretch, and new axes come in front',
    ],
    [
      'expand to fewer axes',
      () => x.expand([3]),
      'expand: cannot stretch [2, 3] to [3]',
    ],
    [
      'expand by −1 of a new axis',
      () => x.expand([-1, 2, 3]),
      'expand: cannot stretch [2, 3] to [-1, 2, 3]',
    ],
    [
      'expand to a negative size',
      () => zeros([1]).expand([-3]),
      'expand: cannot stretch [1] to [-3]',
    ],
    [
      'a step of 0',
      () => x.slice(0, 0, 2, 0),
      'slice: step 0 must be a whole number other than 0',
    ],
    [
      'a start that is not whole',
      () => x.slice(0, 0.5),
      'slice: start 0.5 must be a whole number',
    ],
    [
      'an end that is NaN',
      () => x.slice(0, 0, NaN),
      'slice: end NaN must be a whole number',
    ],
    [
      'an index out of range',
      () => x.select(1, 3),
      'select: index 3 is outside axis 1 of size 3',
    ],
    [
      'a negative index out of range',
      () => x.select(1, -4),
      'select: index -4 is outside axis 1 of size 3',
    ],
    [
      'an index that is not whole',
      () => x.select(1, 0.5),
      'select: index 0.5 is outside axis 1 of size 3',
    ],
    [
      'narrow beyond the end',
      () => x.narrow(1, 2, 2),
      'narrow: 2 from 2 reach outside axis 1 of size 3',
    ],
    [
      'narrow by a length that is not whole',
      () => x.narrow(1, 0, 1.5),
      'narrow: 1.5 from 0',
    ],
    [
      'windows that do not fit',
      () => x.unfold(1, 4, 1),
      'unfold: no windows of size 4, 1 apart, fit an axis of 3',
    ],
    [
      'windows no step apart',
      () => x.unfold(1, 2, 0),
      'unfold: no windows of size 2, 0 apart',
    ],
    [
      'windows of a size that is not whole',
      () => x.unfold(1, 1.5, 1),
      'unfold: no windows of size 1.5',
    ],
    [
      'a diagonal of one axis',
      () => x.diagonal(0, 1, -1),
      'diagonal: dims [1, -1] name an axis twice',
    ],
    [
      't of three axes',
      () => zeros([1, 2, 3]).t(),
      't: [1, 2, 3] is no matrix: use transpose(dim0, dim1)',
    ],
    [
      'flatten from behind',
      () => x.flatten(1, 0),
      'flatten: startDim 1 comes after endDim 0',
    ],
    [
      'unflatten to another size',
      () => x.unflatten(1, [2, 2]),
      'unflatten: cannot split axis 1 of size 3 into [2, 2]',
    ],
    [
      'unflatten by what does not divide',
      () => x.unflatten(1, [2, -1]),
      'unflatten: cannot split axis 1 of size 3 into [2, -1]',
    ],
    [
      'split by sizes that do not add up',
      () => x.split([1, 1], 1),
      'split: parts of [1, 1] do not add up to axis 1 of 3',
    ],
    [
      'split by 0',
      () => x.split(0),
      'split: a part of size 0: it must be whole and > 0',
    ],
    [
      'chunk into none',
      () => x.chunk(0),
      'chunk: 0 parts: the number must be whole and > 0',
    ],
    [
      'flip of an axis twice',
      () => x.flip([0, 0]),
      'flip: dims [0, 0] name an axis twice',
    ],
  ]
  for (const [name, run, message] of cases) {
    test(name, () => expect(run).toThrow(message))
  }
})

test('parts of an axis cover it in order', () => {
  expect(arange(7).split(3).map(String)).toEqual([
    'array([0, 1, 2])',
    'array([3, 4, 5])',
    'array([6])',
  ])
  expect(
    arange(7)
      .split([0, 5, 2])
      .map((x) => x.shape[0]),
  ).toEqual([0, 5, 2])
  expect(
    arange(7)
      .chunk(4)
      .map((x) => x.shape[0]),
  ).toEqual([2, 2, 2, 1])
  expect(
    arange(3)
      .chunk(5)
      .map((x) => x.shape[0]),
  ).toEqual([1, 1, 1])
  expect(
    zeros([0])
      .split(3)
      .map((x) => x.shape[0]),
  ).toEqual([0])
})

test('windows and diagonals are views with the right elements', () => {
  const x = arange(12).reshape([3, 4])
  expect(x.unfold(1, 2, 2).toArray()).toEqual([
    [
      [0, 1],
      [2, 3],
    ],
    [
      [4, 5],
      [6, 7],
    ],
    [
      [8, 9],
      [10, 11],
    ],
  ])
  expect(x.unfold(0, 2, 1).shape).toEqual([2, 4, 2])
  expect(x.diagonal().toArray()).toEqual([0, 5, 10])
  expect(x.diagonal(2).toArray()).toEqual([2, 7])
  expect(x.diagonal(-1).toArray()).toEqual([4, 9])
  expect(x.diagonal(9).toArray()).toEqual([])
  expect(x.diagonal(0, 1, 0).toArray()).toEqual([0, 5, 10])
})
