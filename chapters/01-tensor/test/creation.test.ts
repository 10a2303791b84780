import { describe, expect, test } from 'vitest'
import {
  arange,
  array,
  type CreateOptions,
  cat,
  cpu,
  type Device,
  type DType,
  eye,
  full,
  linspace,
  type NDArray,
  type NestedArray,
  ones,
  setDefaultDevice,
  stack,
  zeros,
} from '../src/index.ts'

describe('array', () => {
  test('takes nested lists of any depth', () => {
    expect(array(7).shape).toEqual([])
    expect(array([[[1], [2]]]).shape).toEqual([1, 2, 1])
    expect(array([]).shape).toEqual([0])
    expect(array([[], []]).shape).toEqual([2, 0])
    expect(
      array([
        [1, 2],
        [3, 4],
      ]).toArray(),
    ).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('makes float32 of numbers and bool of booleans, unless it is told', () => {
    expect(array([1, 2]).dtype).toBe('float32')
    expect(array([true, false]).dtype).toBe('bool')
    expect(array([true, 2]).dtype).toBe('float32')
    expect(array([]).dtype).toBe('float32')
    expect(array([1, 0, 3], { dtype: 'bool' }).toArray()).toEqual([true, false, true])
    expect(array([true], { dtype: 'int32' }).toArray()).toEqual([1])
  })

  test('takes typed arrays in a shape, and copies them', () => {
    const values = new Float32Array([1, 2, 3, 4])
    const x = array(values, [2, 2])
    values[0] = 99
    expect(x.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(array(new Float64Array([0.5]), [1]).dtype).toBe('float32')
    expect(array(new Int32Array([5]), []).item()).toBe(5)
    for (const bytes of [
      new Int32Array(2),
      new Uint8Array(2),
      new Int8Array(2),
      new Int16Array(2),
      new Uint16Array(2),
    ]) {
      expect(array(bytes, [2]).dtype).toBe('int32')
    }
    expect(
      array(new Uint8Array([255, 0]), [2], { dtype: 'float32' }).toArray(),
    ).toEqual([255, 0])
  })

  const ragged: [string, NestedArray, string][] = [
    [
      'a row that is too short',
      [[1, 2], [3]],
      'array: the nested lists are ragged: the first elements have shape [2, 2], so [1] should be a list of 2, not a list of 1',
    ],
    [
      'a list among numbers',
      [1, [2]],
      'array: the nested lists are ragged: the first elements have shape [2], so [1] should be a single value, not a list of 1',
    ],
    [
      'a number among lists',
      [[1], 2],
      'array: the nested lists are ragged: the first elements have shape [2, 1], so [1] should be a list of 1, not a single value',
    ],
    [
      'a list too deep',
      [[[1]], [[[2]]]],
      'so [1][0][0] should be a single value, not a list of 1',
    ],
  ]
  for (const [name, nested, message] of ragged) {
    test(`refuses ${name}`, () => expect(() => array(nested)).toThrow(message))
  }

  test('refuses what is no number', () => {
    const parsed: NestedArray = JSON.parse('[1, ["2"]]')
    expect(() => array(parsed)).toThrow('array: ')
    expect(() => array(JSON.parse('["x"]'))).toThrow(
      "array: the string 'x' at [0] is no number or boolean",
    )
    expect(() => array(JSON.parse('[null]'))).toThrow(
      'array: null at [0] is no number or boolean',
    )
  })

  test('refuses a shape that the elements do not fill', () => {
    expect(() => array(new Float32Array(3), [2, 2])).toThrow(
      'array: 3 elements do not fill [2, 2], which holds 4',
    )
    expect(() => array(new Float32Array(3), [-3])).toThrow('array: [-3] is no shape')
  })

  test('refuses int32 of what is not whole, or does not fit', () => {
    const int = (value: number) => () => array([value], { dtype: 'int32' })
    expect(int(1.5)).toThrow('array: 1.5 is no int32: use float32, or round it')
    expect(int(NaN)).toThrow('array: NaN is no int32')
    expect(int(Infinity)).toThrow('array: Infinity is no int32')
    expect(int(2 ** 31)).toThrow('array: 2147483648 is no int32')
    expect(int(-(2 ** 31))().item()).toBe(-(2 ** 31))
  })
})

describe('zeros, ones, full and eye', () => {
  test('have the shape, the dtype and the value that they are asked for', () => {
    expect(zeros([2, 0]).shape).toEqual([2, 0])
    expect(zeros([]).item()).toBe(0)
    expect(ones([2], { dtype: 'int32' }).dtype).toBe('int32')
    expect(full([2], true).toArray()).toEqual([true, true])
    expect(full([2], 3, { dtype: 'bool' }).sum().item()).toBe(2)
    expect(full([], 2.5).item()).toBe(2.5)
    expect(eye(2, 3).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ])
    expect(eye(2, 2, { dtype: 'bool' }).toArray()).toEqual([
      [true, false],
      [false, true],
    ])
    expect(eye(0).shape).toEqual([0, 0])
  })

  test('refuse sizes that are negative, broken or not numbers', () => {
    const rule = 'is no shape: each size must be a whole number ≥ 0'
    expect(() => zeros([2, -1])).toThrow(`zeros: [2, -1] ${rule}`)
    expect(() => ones([0.5])).toThrow(`full: [0.5] ${rule}`)
    expect(() => full([NaN], 1)).toThrow(`full: [NaN] ${rule}`)
    expect(() => eye(-2)).toThrow(`eye: [-2, -2] ${rule}`)
  })
})

describe('arange', () => {
  test('steps from start up to, without, end', () => {
    expect(arange(3).toArray()).toEqual([0, 1, 2])
    expect(arange(5, 8).toArray()).toEqual([5, 6, 7])
    expect(arange(5, 0, -2).toArray()).toEqual([5, 3, 1])
    expect(arange(0, 1, 0.1).shape).toEqual([10])
    expect(arange(0).shape).toEqual([0])
    expect(arange(3, 3).shape).toEqual([0])
  })

  test('is int32 where all is whole, else float32', () => {
    const dtypes: [DType, CreateOptions | undefined][] = [
      ['int32', undefined],
      ['float32', { dtype: 'float32' }],
    ]
    for (const [dtype, options] of dtypes) expect(arange(3, options).dtype).toBe(dtype)
    expect(arange(0.5, 3).dtype).toBe('float32')
    expect(arange(0, 3, 1, { dtype: 'float32' }).dtype).toBe('float32')
  })

  test('refuses steps that do not lead there', () => {
    const leads = (start: number, end: number, step: number) =>
      `arange: steps of ${step} do not lead from ${start} to ${end}`
    expect(() => arange(0, 5, -1)).toThrow(leads(0, 5, -1))
    expect(() => arange(0, 5, 0)).toThrow(leads(0, 5, 0))
    expect(() => arange(-3)).toThrow(leads(0, -3, 1))
    expect(() => arange(0, Infinity)).toThrow(leads(0, Infinity, 1))
    expect(() => arange(NaN)).toThrow(leads(0, NaN, 1))
    expect(() => arange(0, 0, 0)).toThrow(leads(0, 0, 0))
  })
})

describe('linspace', () => {
  test('includes both ends', () => {
    expect(linspace(0, 1, 3).toArray()).toEqual([0, 0.5, 1])
    expect(linspace(1, 0, 11).at(-1).item()).toBe(0)
    expect(linspace(2, 5, 1).toArray()).toEqual([2])
    expect(linspace(2, 5, 0).shape).toEqual([0])
  })

  test('refuses a number of steps that is not whole', () => {
    expect(() => linspace(0, 1, -1)).toThrow(
      'linspace: -1 steps: the number must be whole and ≥ 0',
    )
    expect(() => linspace(0, 1, 2.5)).toThrow('linspace: 2.5 steps')
  })
})

describe('cat and stack', () => {
  const row = array([1, 2])

  test('join along an axis, in the dtype that holds all', () => {
    expect(cat([row, array([3])]).toArray()).toEqual([1, 2, 3])
    expect(cat([eye(2), zeros([2, 1])], -1).shape).toEqual([2, 3])
    expect(cat([arange(2), row]).dtype).toBe('float32')
    expect(cat([array([true]), arange(2)]).toArray()).toEqual([1, 0, 1])
    expect(cat([zeros([0]), row]).toArray()).toEqual([1, 2])
    expect(cat([eye(2).t(), eye(2).flip(0)]).toArray()).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ])
  })

  test('stack along a new axis', () => {
    expect(stack([row, row.neg()]).toArray()).toEqual([
      [1, 2],
      [-1, -2],
    ])
    expect(stack([row, row.neg()], -1).toArray()).toEqual([
      [1, -1],
      [2, -2],
    ])
    expect(stack([array(1), array(2)]).toArray()).toEqual([1, 2])
  })

  test('leave the parts as they were', () => {
    const joined = cat([row, row])
    joined.fill_(0)
    expect(row.toArray()).toEqual([1, 2])
  })

  test('refuse parts that do not fit', () => {
    expect(() => cat([eye(2), zeros([3, 3])])).toThrow(
      'cat: cannot join [2, 2] and [3, 3] along axis 0: all other sizes must be equal',
    )
    expect(() => cat([eye(2), zeros([2])])).toThrow('cat: cannot join [2, 2] and [2]')
    expect(() => cat([])).toThrow(
      'cat: needs a list of at least one, not an empty list',
    )
    expect(() => cat([row], 1)).toThrow('cat: there is no axis 1 in 1 dimensions')
    expect(() => stack([])).toThrow(
      'stack: needs a list of at least one, not an empty list',
    )
    expect(() => cat(row as unknown as NDArray[])).toThrow(
      'cat: needs a list of at least one, not an NDArray',
    )
    expect(() => stack([row, zeros([3])])).toThrow(
      'stack: cannot join [2] and [3]: all sizes must be equal',
    )
    expect(() => stack([row], 2)).toThrow('there is no axis 2 in 2 dimensions')
  })
})

describe('reading', () => {
  test('item gives the one element there is', () => {
    expect(array([[5]]).item()).toBe(5)
    expect(array(true).item()).toBe(1)
    expect(() => zeros([2, 2]).item()).toThrow(
      'item: [2, 2] has 4 elements, not one: use toArray()',
    )
    expect(() => zeros([0]).item()).toThrow('item: [0] has 0 elements, not one')
  })

  test('toArray nests as the shape does', () => {
    expect(array(3).toArray()).toBe(3)
    expect(array([[true], [false]]).toArray()).toEqual([[true], [false]])
    expect(zeros([2, 0]).toArray()).toEqual([[], []])
  })

  test('toTypedArray gives a copy of the right kind', () => {
    const x = arange(3)
    const values = x.toTypedArray()
    values[0] = 9
    expect(values).toBeInstanceOf(Int32Array)
    expect(x.at(0).item()).toBe(0)
    expect(zeros([2], { dtype: 'bool' }).toTypedArray()).toBeInstanceOf(Uint8Array)
    expect(zeros([2]).toTypedArray()).toBeInstanceOf(Float32Array)
  })
})

test('a hole in a list is no number', () => {
  expect(() => array(new Array(3))).toThrow(
    'array: undefined at [0] is no number or boolean',
  )
  const holed: number[] = [1]
  holed[2] = 3
  expect(() => array(holed)).toThrow('array: undefined at [1] is no number or boolean')
})

test('what is no int32 is not filled in either', () => {
  const whole = { dtype: 'int32' } as const
  expect(() => full([2], 2 ** 31, whole)).toThrow('full: 2147483648 is no int32')
  expect(() => full([2], NaN, whole)).toThrow('full: NaN is no int32')
  expect(() => zeros([2], whole).fill_(1.5)).toThrow('fill_: 1.5 is no int32')
  expect(full([1], -(2 ** 31), whole).item()).toBe(-2147483648)
})

test('an unknown dtype and a thing that is no device are named', () => {
  const float64 = { dtype: 'float64' as 'float32' }
  const known = 'there is no dtype float64: use one of float32, int32, bool'
  expect(() => array([1], float64)).toThrow(known)
  expect(() => zeros([1]).to('float64' as 'float32')).toThrow(known)
  expect(() => setDefaultDevice('gpu' as unknown as Device)).toThrow(
    "setDefaultDevice: the string 'gpu' is no device: use cpu, or what await device(",
  )
  const untyped: unknown = 'gpu'
  expect(() => zeros([1], { device: untyped as Device })).toThrow(
    "NDArray: the string 'gpu' is no device: use cpu, or what await device('webgpu')",
  )
  const promise: unknown = Promise.resolve(cpu)
  expect(() => zeros([1]).to(promise as Device)).toThrow(
    'NDArray: a Promise is no device: use cpu',
  )
})
