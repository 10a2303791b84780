import { describe, expect, test } from 'vitest'
import { arange, array, type NDArray, zeros } from '../src/index.ts'

/** x[i, j, k] = 100 i + 10 j + k, so that each element says where it stood. */
const x = arange(2)
  .mul(100)
  .reshape([2, 1, 1])
  .add(arange(3).mul(10).unsqueeze(1))
  .add(arange(4))

const indices = (...values: number[]) => array(values, { dtype: 'int32' })

describe('at', () => {
  test('selects by a number, from the end where negative', () => {
    expect(x.at(1, 2, 3).item()).toBe(123)
    expect(x.at(-1, 0).toArray()).toEqual([100, 101, 102, 103])
    expect(x.at().shape).toEqual([2, 3, 4])
  })

  test('slices by a list; null, or nothing, means the edge', () => {
    expect(x.at(0, [1, 3], [null, 2]).toArray()).toEqual([
      [10, 11],
      [20, 21],
    ])
    expect(x.at(0, 0, [null, null, -1]).toArray()).toEqual([3, 2, 1, 0])
    expect(x.at([], [1]).shape).toEqual([2, 2, 4])
  })

  test("fills by '...' wherever it stands", () => {
    expect(x.at('...', 1).shape).toEqual([2, 3])
    expect(x.at(0, '...', 1).toArray()).toEqual([1, 11, 21])
    expect(x.at(0, 1, 2, '...').item()).toBe(12)
    expect(x.at('...').shape).toEqual([2, 3, 4])
  })

  test('adds an axis by null', () => {
    expect(x.at(null).shape).toEqual([1, 2, 3, 4])
    expect(x.at(0, null, [0, 2], null).shape).toEqual([1, 2, 1, 4])
    expect(x.at('...', null).shape).toEqual([2, 3, 4, 1])
  })

  test('gives views, through which one writes', () => {
    const y = zeros([2, 3])
    y.at('...', [null, null, 2]).fill_(7)
    y.at(0).copy_(array([1, 2, 3]))
    expect(y.toArray()).toEqual([
      [1, 2, 3],
      [7, 0, 7],
    ])
  })

  test('gathers by an int32 array, in its order and its shape', () => {
    expect(x.at(0, indices(2, 0, 2), 1).toArray()).toEqual([21, 1, 21])
    expect(x.at(0, 0, indices(-1, -4)).toArray()).toEqual([3, 0])
    const square = array(
      [
        [0, 1],
        [1, 0],
      ],
      { dtype: 'int32' },
    )
    expect(x.at(square).shape).toEqual([2, 2, 3, 4])
    expect(x.at('...', square).shape).toEqual([2, 3, 2, 2])
    expect(x.at(indices()).shape).toEqual([0, 3, 4])
  })

  test('pairs several int32 arrays up, as they broadcast', () => {
    expect(x.at(indices(0, 1), indices(2, 0)).toArray()).toEqual([
      [20, 21, 22, 23],
      [100, 101, 102, 103],
    ])
    const column = indices(0, 1).unsqueeze(1)
    expect(x.at(column, indices(0, 2), 3).toArray()).toEqual([
      [3, 23],
      [103, 123],
    ])
    expect(x.at([], indices(2, 0), indices(3, 1)).toArray()).toEqual([
      [23, 1],
      [123, 101],
    ])
  })

  test('puts the joined axis in front where the arrays are apart, as PyTorch does', () => {
    const y = x.at(indices(0, 1, 1), [0, 2], indices(3, 2, 1))
    expect(y.toArray()).toEqual([
      [3, 13],
      [102, 112],
      [101, 111],
    ])
  })

  test('masks by a bool array of one axis or several', () => {
    expect(x.at(array([false, true]), 0, 0).toArray()).toEqual([100])
    expect(x.at(x.gt(121)).toArray()).toEqual([122, 123])
    expect(x.at(x.lt(0)).shape).toEqual([0])
    const corner = array([
      [true, false, false],
      [false, false, true],
    ])
    expect(x.at(corner).toArray()).toEqual([
      [0, 1, 2, 3],
      [120, 121, 122, 123],
    ])
    expect(x.at('...', array([true, false, false, true])).shape).toEqual([2, 3, 2])
  })

  test('takes index arrays that a slice separates to the front', () => {
    const y = x.unsqueeze(0).at([], indices(0, 1, 1), [0, 2], indices(3, 2, 1))
    expect(y.shape).toEqual([3, 1, 2])
    expect(y.flatten().toArray()).toEqual([3, 13, 102, 112, 101, 111])
  })

  test('selects by a single index as by a number', () => {
    const one = array(1, { dtype: 'int32' })
    expect(x.at(one).toArray()).toEqual(x.at(1).toArray())
    const y = x.at(one, [], indices(0, 1, 2, 3, 0))
    expect(y.toArray()).toEqual(
      x
        .select(0, 1)
        .at([], indices(0, 1, 2, 3, 0))
        .toArray(),
    )
    expect(y.shape).toEqual([3, 5])
  })

  const bad: [string, () => NDArray, string][] = [
    [
      'a second index array out of range, though others reach as far together',
      () => x.at(indices(0), indices(5)),
      'at: index 5 is outside axis 1 of size 3: use -3 to 2',
    ],
    [
      'a second index array too far from the end',
      () => x.at(indices(1), indices(-4)),
      'at: index -4 is outside axis 1 of size 3: use -3 to 2',
    ],
    ['more indices than axes', () => x.at(0, 0, 0, 0), 'at: 4 indices for [2, 3, 4]'],
    [
      'an index out of range',
      () => x.at(0, 3),
      'select: index 3 is outside axis 0 of size 3',
    ],
    [
      'an index array out of range',
      () => x.at(indices(2)),
      'at: index 2 is outside axis 0 of size 2: use -2 to 1',
    ],
    [
      'an index array too far from the end',
      () => x.at(indices(-3)),
      'at: index -3 is outside axis 0 of size 2: use -2 to 1',
    ],
    [
      'a float32 index array',
      () => x.at(array([1])),
      "at: an index array must be int32 or bool: use .to('int32')",
    ],
    [
      'a mask of another size',
      () => x.at(array([true])),
      'at: a mask of [1] does not cover [2]',
    ],
    [
      'index arrays that do not broadcast',
      () => x.at(indices(0, 1), indices(0, 1, 2)),
      'at: cannot broadcast [2] with [3]',
    ],
    ["two '...'", () => x.at('...', 0, '...'), "at: only one '...' can fill"],
    [
      'a step of 0',
      () => x.at([0, 1, 0]),
      'slice: step 0 must be a whole number other than 0',
    ],
  ]
  for (const [name, run, message] of bad) {
    test(`refuses ${name}`, () => expect(run).toThrow(message))
  }
})
