import { describe, expect, test } from 'vitest'
import { multiplyHigh } from '../src/cpu/philox.ts'
import { cpu, philox, zeros } from '../src/index.ts'

const hex = (words: readonly number[]) =>
  words.map((word) => word.toString(16).padStart(8, '0')).join(' ')

describe('Philox 4×32-10 gives the published vectors (Random123, kat_vectors)', () => {
  test('of a counter and a key of zeros', () => {
    expect(hex(philox([0, 0, 0, 0], [0, 0]))).toBe(
      '6627e8d5 e169c58d bc57ac4c 9b00dbd8',
    )
  })

  test('of a counter and a key of ones', () => {
    const all = 0xffffffff
    expect(hex(philox([all, all, all, all], [all, all]))).toBe(
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    )
  })

  test('of the digits of π', () => {
    const counter = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const
    expect(hex(philox(counter, [0xa4093822, 0x299f31d0]))).toBe(
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    )
  })
})

test('the upper half of a product is exact for all 32 bits', () => {
  const words = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xd2511f53, 0xffffffff]
  for (const a of words)
    for (const b of words) {
      expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n))
    }
})

test('blocks beyond 2³² count on in the second word', () => {
  const out = zeros([4], { dtype: 'int32' })
  cpu.kernels.random('bits', { seed: 0, counter: 2 ** 32 + 5 }, out)
  const words = philox([5, 1, 0, 0], [0, 0])
  expect(out.toArray()).toEqual(words.map((word) => word | 0))
})
