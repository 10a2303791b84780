import { tensor, zeros } from '@deepdive/autograd'
import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { collate } from '../../src/data.ts'

test('tensors of one shape are stacked', () => {
  const batch = collate([tensor([1, 2]), tensor([3, 4]), tensor([5, 6])])
  expect(String(batch)).toBe('tensor([[1., 2.],\n        [3., 4.],\n        [5., 6.]])')
})

test('numbers make int32 if all are whole, and else float32', () => {
  expect(String(collate([1, 2, 3]))).toBe('tensor([1, 2, 3])')
  expect(collate([1, 2, 2.5]).dtype).toBe('float32')
  expect(collate([1, NaN]).dtype).toBe('float32')
  expect(collate([1, 2 ** 31]).dtype).toBe('float32')
  expect(String(collate([true, false]))).toBe('tensor([ true, false])')
})

test('typed arrays are stacked: fractions as float32, whole numbers as int32', () => {
  const floats = collate([Float32Array.of(1, 2), Float32Array.of(3, 4)])
  expect([floats.dtype, floats.shape]).toEqual(['float32', [2, 2]])
  expect(collate([Float64Array.of(0.5)]).toArray()).toEqual([[0.5]])
  const bytes = collate([Uint8Array.of(1, 255), Uint8Array.of(3, 4)])
  expect(String(bytes)).toBe('tensor([[  1, 255],\n        [  3,   4]])')
})

test('objects and tuples are collated part by part, however deep', () => {
  const sample = (n: number) => ({
    name: `sample ${n}`,
    input: [zeros([3, 2]), { mask: n > 0 }] as const,
    box: { corner: [n, n + 0.5] as const },
  })
  const { name, input, box } = collate([sample(0), sample(1)])
  expect(name).toEqual(['sample 0', 'sample 1'])
  expect(input[0].shape).toEqual([2, 3, 2])
  expect(String(input[1].mask)).toBe('tensor([false,  true])')
  expect(String(box.corner[0])).toBe('tensor([0, 1])')
  expect(String(box.corner[1])).toBe('tensor([0.5000, 1.5000])')
})

describe('what is not alike is refused, naming the sample and its part', () => {
  const refused = (...samples: unknown[]) => message(() => collate(samples))
  const advice = ': what makes a batch must be alike: change it by map(), leave it out'

  test('by shape', () => {
    const samples = [{ x: zeros([2, 3]) }, { x: zeros([2, 3]) }, { x: zeros([3, 2]) }]
    expect(refused(...samples)).toBe(
      'DataError: collate: x of sample 2 of the batch is a tensor of float32 [3, 2], ' +
        'but x of sample 1 of the batch a tensor of float32 [2, 3]' +
        `${advice} by filter(), or give a collateFn`,
    )
  })

  test('by dtype', () => {
    expect(refused(tensor(1), tensor(1, { dtype: 'int32' }))).toContain(
      'sample 1 of the batch is a tensor of int32 [], but sample 0 of the batch a',
    )
  })

  test('by kind', () => {
    expect(refused('one', 2)).toContain(
      'sample 1 of the batch is the number 2, but sample 0 of the batch the string',
    )
    expect(refused([1, 2], [1, null])).toContain('[1] of sample 1 of the batch is null')
    expect(refused([1], tensor([1]))).toContain('is a tensor of float32 [1], but')
    expect(refused(tensor([1]), [1])).toContain('is a list of 1, but')
    expect(refused(Float32Array.of(1), Int32Array.of(1))).toContain(
      'is an Int32Array of 1, but sample 0 of the batch a Float32Array of 1',
    )
  })

  test('by length', () => {
    expect(refused({ a: { b: [1, 2] } }, { a: { b: [1] } })).toContain(
      'a.b of sample 1 of the batch is a list of 1, but a.b of sample 0',
    )
    expect(refused(Float32Array.of(1), Float32Array.of(1, 2))).toContain('of 2, but')
  })

  test('by keys', () => {
    expect(refused({ a: 1 }, { b: 1 })).toContain(
      'sample 1 of the batch is an object of b, but sample 0 of the batch an object',
    )
    expect(refused({ a: 1 }, { a: 1, b: 1 })).toContain('is an object of a, b, but')
  })

  test('and so is what no tensor can hold', () => {
    const cannot =
      'of which no batch can be made: change it by map(), or give a ' + 'collateFn'
    expect(refused(new Date(0), new Date(0))).toBe(
      `DataError: collate: sample 0 of the batch is a Date, ${cannot}`,
    )
    expect(refused({ a: null }, { a: null })).toContain('a of sample 0 of the batch is')
    expect(refused(1n, 2n)).toContain('is the bigint 1, of which no batch')
    expect(refused(new BigInt64Array(1))).toContain('is a BigInt64Array, of which')
    expect(refused({ id: Uint32Array.of(1) }, { id: Uint32Array.of(3e9) })).toBe(
      'DataError: collate: id of sample 1 of the batch has 3000000000, which is no ' +
        'int32: change it by map(), or give a collateFn',
    )
    expect(String(collate([Uint32Array.of(7)]))).toBe('tensor([[7]])')
  })
})

test('no samples make no batch', () => {
  expect(message(() => collate([]))).toBe(
    'DataError: collate: there are no samples to make a batch of',
  )
})
