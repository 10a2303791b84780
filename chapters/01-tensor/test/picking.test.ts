import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arange,
  array,
  type DType,
  type NDArray,
  type Shape,
  zeros,
} from '../src/index.ts'
import {
  elementsOf,
  indicesOf,
  type Pair,
  product,
  readAll,
  viewOfShape,
} from './reference.ts'

const int = (values: number | number[] | number[][]) =>
  array(values, { dtype: 'int32' })

/** A view, an axis, and an index array that is no longer than it on other axes. */
const anyPick = fc
  .array(fc.constantFrom(1, 2, 3, 5), { minLength: 1, maxLength: 3 })
  .chain((shape) => fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.nat(4)))
  .chain(([shape, axis, length]) => {
    const picked = shape.map((n, at) => (at === axis ? length : Math.ceil(n / 2)))
    return fc.record({
      x: viewOfShape(shape),
      source: viewOfShape(picked),
      axis: fc.constant(axis),
      index: indexArray(picked, shape[axis]),
    })
  })

/** Places in an axis of `extent`, in a strided view. */
function indexArray(shape: Shape, extent: number): fc.Arbitrary<NDArray> {
  const length = product(shape)
  return fc
    .array(fc.nat(extent - 1), { minLength: length, maxLength: length })
    .map((places) => array(Int32Array.from(places), shape).flip(0))
}

/** For each index of the index array, the index in the other array that it names. */
function targets(index: NDArray, axis: number): number[][] {
  return indicesOf(index.shape).map((at) => {
    const place = at.reduce((part, n) => part.select(0, n), index).item()
    return at.with(axis, place)
  })
}

describe('gather', () => {
  test('takes along an axis what the index array names', () => {
    fc.assert(
      fc.property(anyPick, ({ x: { x, ref }, axis, index }) => {
        const y = x.gather(axis, index)
        expect(y.shape).toEqual(index.shape)
        expect(readAll(y)).toEqual(targets(index, axis).map((at) => ref.at(at)))
      }),
    )
  })

  test('keeps the dtype, and works on a single number', () => {
    expect(
      array([true, false])
        .gather(0, int([1]))
        .toArray(),
    ).toEqual([false])
    expect(array(7).gather(0, int(0)).item()).toBe(7)
  })
})

/** The elements after `put` at each target, in the order of the index array. */
function naiveScatter(
  { x, source, axis, index }: { x: Pair; source: Pair; axis: number; index: NDArray },
  put: (old: number, value: number) => number,
): number[] {
  const keys = indicesOf(x.ref.shape).map(String)
  const elements = elementsOf(x.ref)
  const values = elementsOf(source.ref)
  targets(index, axis).forEach((at, n) => {
    const place = keys.indexOf(String(at))
    elements[place] = put(elements[place], values[n])
  })
  return elements
}

describe('scatter and scatterAdd', () => {
  test('add up where several go to one place', () => {
    fc.assert(
      fc.property(anyPick, (pick) => {
        const y = pick.x.x.scatterAdd(pick.axis, pick.index, pick.source.x)
        expect(readAll(y)).toEqual(naiveScatter(pick, (old, value) => old + value))
      }),
    )
  })

  test('or keep one of them', () => {
    fc.assert(
      fc.property(anyPick, (pick) => {
        const places = targets(pick.index, pick.axis).map(String)
        fc.pre(new Set(places).size === places.length)
        const y = pick.x.x.scatter(pick.axis, pick.index, pick.source.x)
        expect(readAll(y)).toEqual(naiveScatter(pick, (_, value) => value))
      }),
    )
    expect(
      zeros([2])
        .scatter(0, int([1, 1, 1]), array([1, 2, 3]))
        .toArray(),
    ).toEqual([0, 3])
  })

  test('of which scatterAdd_ adds to the array itself, though source and index are it', () => {
    const x = array([1, 2, 3])
    const { storage } = x
    expect(x.scatterAdd_(0, int([2, 2]), x) === x).toBe(true)
    expect(x.toArray()).toEqual([1, 2, 6])
    expect(storage.version).toBe(1)
    const stretched = zeros([1]).expand([3])
    expect(() => stretched.scatterAdd_(0, int([0]), x)).toThrow('scatterAdd_: elements')
  })

  test('leave the array itself as it was', () => {
    const x = zeros([3])
    x.scatter(0, int([1]), 5)
    x.scatterAdd(0, int([1]), array([5]))
    expect(x.toArray()).toEqual([0, 0, 0])
    expect(x.scatter(0, int([0, 2]), 5).toArray()).toEqual([5, 0, 5])
  })
})

describe('indexSelect and nonzero', () => {
  test('indexSelect takes whole slices in the given order', () => {
    const x = arange(6).reshape([2, 3])
    expect(x.indexSelect(1, int([2, 0, 2])).toArray()).toEqual([
      [2, 0, 2],
      [5, 3, 5],
    ])
    expect(
      x
        .t()
        .indexSelect(-2, int([1]))
        .toArray(),
    ).toEqual([[1, 4]])
    expect(x.indexSelect(0, zeros([0], { dtype: 'int32' })).shape).toEqual([0, 3])
  })

  test('nonzero lists indices in row-major order', () => {
    const x = array([
      [0, 3],
      [4, 0],
      [5, 6],
    ])
    expect(x.nonzero().toArray()).toEqual([
      [0, 1],
      [1, 0],
      [2, 0],
      [2, 1],
    ])
    expect(x.t().nonzero().toArray()).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 2],
    ])
    expect(zeros([2, 2]).nonzero().shape).toEqual([0, 2])
    expect(zeros([0, 2]).nonzero().shape).toEqual([0, 2])
    expect(array(5).nonzero().shape).toEqual([1, 0])
    expect(array(0).nonzero().shape).toEqual([0, 0])
  })

  test('nonzero lists a hundred thousand places', () => {
    expect(arange(200_000).ge(100_000).nonzero().shape).toEqual([100_000, 1])
  })
})

describe('bad places are refused:', () => {
  const x = zeros([2, 3])
  const cases: [string, () => NDArray, string][] = [
    [
      'an index too large',
      () => x.gather(1, int([[3]])),
      'gather: index 3 is outside an axis of size 3: use 0 to 2',
    ],
    [
      'an index below 0',
      () => x.gather(1, int([[-1]])),
      'gather: index -1 is outside an axis of size 3: use 0 to 2',
    ],
    [
      'an index into nothing',
      () => zeros([0]).gather(0, int([0])),
      'gather: index 0 is outside an axis of size 0: it has no elements',
    ],
    [
      'an index that is no int32',
      () => x.gather(1, zeros([1, 1])),
      'gather: index must be int32, not float32',
    ],
    [
      'an index of other axes',
      () => x.gather(1, int([0])),
      'gather: an index of [1] does not fit [2, 3]: it may be larger along axis 1 only',
    ],
    [
      'an index that is too long',
      () => x.gather(1, int([[0], [0], [0]])),
      'gather: an index of [3, 1] does not fit [2, 3]',
    ],
    [
      'an axis that is not there',
      () => x.gather(2, int([[0]])),
      'gather: there is no axis 2 in 2 dimensions',
    ],
    [
      'scatter to an index too large',
      () => x.scatter(0, int([[2]]), 1),
      'scatter: index 2 is outside an axis of size 2: use 0 to 1',
    ],
    [
      'scatterAdd to an index too large',
      () => x.scatterAdd(0, int([[9]]), zeros([1, 1])),
      'scatterAdd: index 9 is outside an axis of size 2',
    ],
    [
      'scatter of another dtype',
      () => x.scatter(0, int([[0]]), int([[1]])),
      'scatter: cannot put int32 into float32',
    ],
    [
      'scatter from too few',
      () => x.scatter(1, int([[0, 1]]), zeros([1, 1])),
      'scatter: a source of [1, 1] is smaller than the index of [1, 2]',
    ],
    [
      'scatter from other axes',
      () => x.scatter(1, int([[0]]), zeros([1])),
      'scatter: a source of [1] is smaller than the index of [1, 1]',
    ],
    [
      'indexSelect by a matrix',
      () => x.indexSelect(0, int([[0]])),
      'indexSelect: index must be an int32 vector, not [1, 1]',
    ],
    [
      'indexSelect by float32',
      () => x.indexSelect(0, zeros([1])),
      'index must be int32, not float32',
    ],
  ]
  for (const [name, run, message] of cases) {
    test(name, () => expect(run).toThrow(message))
  }
})

test('what is scattered keeps its dtype', () => {
  for (const dtype of ['float32', 'int32', 'bool'] satisfies DType[]) {
    const y = zeros([3], { dtype }).scatter(0, int([2]), 1)
    expect(y.dtype).toBe(dtype)
    expect(y.to('int32').toArray()).toEqual([0, 0, 1])
  }
})

test('of bools, what scatterAdd adds up is "or"', () => {
  const y = array([false, false]).scatterAdd(0, int([0, 0]), array([true, true]))
  expect(y.toArray()).toEqual([true, false])
  expect(
    y
      .eq(array([true, false]))
      .all()
      .item(),
  ).toBe(1)
})
