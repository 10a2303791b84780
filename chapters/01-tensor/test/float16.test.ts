import { describe, expect, test } from 'vitest'
import {
  array,
  type DType,
  DTypeError,
  isFloatingPoint,
  promoteTypes,
  zeros,
} from '../src/index.ts'

const dtypes: readonly DType[] = ['bool', 'int32', 'float16', 'float32']

test('two dtypes meet in the later one of bool, int32, float16, float32', () => {
  for (const [n, a] of dtypes.entries())
    for (const [m, b] of dtypes.entries())
      expect(promoteTypes(a, b)).toBe(dtypes[Math.max(n, m)])
})

test('float32 and float16 have fractions', () => {
  expect(dtypes.filter(isFloatingPoint)).toEqual(['float16', 'float32'])
})

describe('the cpu holds no float16, and says what does:', () => {
  const refusal =
    'the cpu holds no float16, only a GPU that has shader-f16: use float32 here, or ' +
    "move there first, as in x.to(gpu).to('float16')"
  const x = array([1, 2])
  const makers: readonly [string, () => unknown][] = [
    ['zeros', () => zeros([2], { dtype: 'float16' })],
    ['array', () => array([1, 2], { dtype: 'float16' })],
    ['a typed array', () => array(Float32Array.of(1), { dtype: 'float16' })],
    ['newEmpty', () => x.newEmpty([2], 'float16')],
    ['to', () => x.to('float16')],
  ]
  test.each(makers)('%s', (_, make) => {
    expect(make).toThrow(DTypeError)
    expect(make).toThrow(refusal)
  })
})
