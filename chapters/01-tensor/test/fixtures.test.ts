import { type Expected, expectClose, layouts } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { arange, array } from '../src/index.ts'

const expected: Expected = {
  shape: [4],
  dtype: 'float32',
  data: [1, 'Infinity', 'NaN', 0],
}

describe('a comparison with the oracle', () => {
  test('lets rounding pass', () => {
    expectClose(array([1.000001, Infinity, NaN, 1e-7]), expected)
  })

  test.each([
    ['a difference', [1.0001, Infinity, NaN, 0], 'element 0 is 1.000'],
    ['a number for infinity', [1, 3e38, NaN, 0], 'element 1 is 3'],
    ['the other infinity', [1, -Infinity, NaN, 0], 'element 1 is -Infinity'],
    ['a number for NaN', [1, Infinity, 0, 0], 'element 2 is 0, should be NaN'],
    ['NaN for a number', [1, Infinity, NaN, NaN], 'element 3 is NaN, should be 0'],
  ])('notices %s', (_, values, message) => {
    expect(() => expectClose(array(values), expected)).toThrow(message)
  })

  test('notices another shape or dtype', () => {
    expect(() => expectClose(array([[1, 2, 3, 4]]), expected)).toThrow(
      'result: is float32 [1,4], should be float32 [4]',
    )
    expect(() => expectClose(arange(4), expected)).toThrow('is int32 [4]')
  })

  test('allows no rounding of whole numbers', () => {
    const large: Expected = { shape: [1], dtype: 'int32', data: [1_000_000] }
    const near = array([1_000_001], { dtype: 'int32' })
    expect(() => expectClose(near, large)).toThrow('element 0 is 1000001')
  })
})

const [, ...rearranged] = Object.entries(layouts)

describe.each(rearranged)('elements that lie %s', (_, arrange) => {
  test.each([[[]], [[5]], [[3, 11, 2]], [[0, 3]]])('are the same for %j', (shape) => {
    const x = arange(shape.reduce((a, b) => a * b, 1)).reshape(shape)
    expect(arrange(x).shape).toEqual(shape)
    expect(arrange(x).toArray()).toEqual(x.toArray())
  })

  test('lie in other places', () => {
    const x = arange(6).reshape([2, 3])
    const { strides, offset } = arrange(x)
    expect([...strides, offset]).not.toEqual([3, 1, 0])
  })
})
