import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arange, array, full, ones, zeros } from '../src/index.ts'
import { anyView, elementsOf, readAll } from './reference.ts'

describe('copy_', () => {
  test('writes any view into any place', () => {
    fc.assert(
      fc.property(anyView(), ({ x, ref }) => {
        const wide = full([...ref.shape, 3], -1)
        wide.select(-1, 1).copy_(x)
        expect(readAll(wide.select(-1, 1))).toEqual(elementsOf(ref))
        expect(wide.at('...', [null, null, 2]).eq(-1).all().item()).toBe(1)
      }),
    )
  })

  test('broadcasts its source, and converts it', () => {
    expect(
      zeros([2, 2], { dtype: 'int32' })
        .copy_(array([1.5, -1.5]))
        .toArray(),
    ).toEqual([
      [1, -1],
      [1, -1],
    ])
    expect(
      zeros([3], { dtype: 'bool' })
        .copy_(array([0, 0.5, 2]))
        .toArray(),
    ).toEqual([false, true, true])
  })

  test('reads all of a source that overlaps before it writes', () => {
    const x = arange(5)
    expect(x.copy_(x.flip(0)).toArray()).toEqual([4, 3, 2, 1, 0])
    const y = arange(5)
    y.slice(0, 1).copy_(y.slice(0, 0, -1))
    expect(y.toArray()).toEqual([0, 0, 1, 2, 3])
    const z = arange(9).reshape([3, 3])
    z.copy_(z.t())
    expect(z.toArray()).toEqual([
      [0, 3, 6],
      [1, 4, 7],
      [2, 5, 8],
    ])
  })

  test('refuses a source that does not stretch to the place', () => {
    expect(() => zeros([2]).copy_(zeros([3]))).toThrow(
      'copy_: cannot broadcast [2] with [3]: axis -1 has 2 and 3',
    )
  })
})

describe('fill_', () => {
  test('fills a view and nothing else', () => {
    const x = zeros([3, 4])
    x.slice(0, null, null, 2).slice(1, 1, 3).fill_(9)
    expect(x.toArray()).toEqual([
      [0, 9, 9, 0],
      [0, 0, 0, 0],
      [0, 9, 9, 0],
    ])
    x.diagonal().fill_(-1)
    expect(x.at(1).toArray()).toEqual([0, -1, 0, 0])
    zeros([0, 3]).fill_(1)
    expect(zeros([]).fill_(4).item()).toBe(4)
  })

  test('makes a bool true of whatever is not 0', () => {
    const x = zeros([2], { dtype: 'bool' }).fill_(7)
    expect(x.sum().item()).toBe(2)
    expect(
      x
        .eq(array([true, true]))
        .all()
        .item(),
    ).toBe(1)
    expect(zeros([1], { dtype: 'bool' }).fill_(0.5).item()).toBe(1)
  })
})

describe('binary_', () => {
  test('computes into its own memory, where all views see it', () => {
    const x = arange(6).reshape([2, 3]).to('float32')
    const view = x.t()
    expect(x.binary_('add', array([10, 20, 30]))).toBe(x)
    expect(view.toArray()).toEqual([
      [10, 13],
      [21, 24],
      [32, 35],
    ])
    view.select(0, 0).binary_('mul', -1)
    expect(x.at([], 0).toArray()).toEqual([-10, -13])
  })

  test('reads all of an operand that overlaps before it writes', () => {
    const x = array([1, 2, 3])
    expect(x.binary_('sub', x.flip(0)).toArray()).toEqual([-2, 0, 2])
    const y = array([1, 2, 3, 4])
    y.slice(0, 1).binary_('add', y.slice(0, 0, -1))
    expect(y.toArray()).toEqual([1, 3, 5, 7])
  })

  test('refuses a result that it cannot hold', () => {
    expect(() => array([1, 2], { dtype: 'int32' }).binary_('div', 2)).toThrow(
      'div_: a result of float32 does not fit an array of int32',
    )
    expect(() => zeros([2]).binary_('eq', 0)).toThrow(
      'eq_: a result of bool does not fit an array of float32',
    )
    expect(() => zeros([2]).binary_('add', zeros([2, 2]))).toThrow(
      'add_: [2, 2] does not fit into [2]',
    )
  })
})

test('writing counts, so that a graph can notice it', () => {
  const x = zeros([2, 2])
  const before = x.storage.version
  x.t().fill_(1)
  x.at(0).copy_(array([1, 2]))
  x.binary_('add', 1)
  expect(x.storage.version).toBe(before + 3)
})

test('a clone has memory of its own', () => {
  const x = arange(6).reshape([2, 3]).t()
  const y = x.clone().fill_(0)
  expect(y.storage).not.toBe(x.storage)
  expect(x.toArray()).toEqual([
    [0, 3],
    [1, 4],
    [2, 5],
  ])
  expect(x.contiguous().storage).not.toBe(x.storage)
  expect(y.contiguous()).toBe(y)
})

test('elements that share memory cannot be overwritten one by one', () => {
  const row = ones([1]).expand([3])
  const shared = 'elements of this [3] share memory, as after expand: clone() it first'
  expect(() => row.binary_('add', 1)).toThrow(`add_: ${shared}`)
  expect(() => row.copy_(array([1, 2, 3]))).toThrow(`copy_: ${shared}`)
  expect(row.clone().binary_('add', 1).toArray()).toEqual([2, 2, 2])
  expect(row.toArray()).toEqual([1, 1, 1])
})

test('what is written in place has to fit', () => {
  expect(() => ones([1]).binary_('add', ones([3]))).toThrow(
    'add_: [3] does not fit into [1]',
  )
  expect(() => ones([2]).copy_(ones([2, 2]))).toThrow(
    'copy_: [2, 2] does not fit into [2]',
  )
  expect(() => ones([2]).binary_('mul', ones([3]))).toThrow(
    'mul_: cannot broadcast [2] with [3]',
  )
})
