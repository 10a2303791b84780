import { expect, test } from 'vitest'
import { fromFloat16, roundToFloat16 } from '../src/webgpu/half.ts'
import { describeFloat16 } from './float16/describe-float16.ts'
import { halfCpu } from './float16/half-cpu.ts'

test('the bits of a float16 mean what IEEE 754 says', () => {
  const meanings = [
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 / 2 ** 24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3bff, 0.99951171875],
    [0x3c00, 1],
    [0x3c01, 1.0009765625],
    [0xc000, -2],
    [0x7bff, 65_504],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7c01, NaN],
    [0xfe00, NaN],
  ]
  const found = fromFloat16(Uint16Array.from(meanings, ([bits]) => bits))
  expect([...found]).toEqual(meanings.map(([, value]) => value))
})

test('a number that a float16 holds is rounded to itself', () => {
  const all = fromFloat16(Uint16Array.from({ length: 65_536 }, (_, bits) => bits))
  const changed = all.findIndex((x) => !Object.is(roundToFloat16(x), x))
  expect(changed).toBe(-1)
})

test('between two of them the nearest is taken, half-way the even one', () => {
  const finite = fromFloat16(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits))
  for (let bits = 0; bits < 0x7bff; bits++) {
    const [low, high] = [finite[bits], finite[bits + 1]]
    const middle = (low + high) / 2
    const even = bits % 2 === 0 ? low : high
    const near = (high - low) / 1000
    const found = [middle - near, middle, middle + near].map(roundToFloat16)
    if (found[0] !== low || found[1] !== even || found[2] !== high)
      throw new Error(`${middle} became ${found}`)
  }
})

test('what is too large becomes infinite, and what is too small 0 with its sign', () => {
  const rounded = [65_519, -65_520, 1e10, 2 ** -25, -(2 ** -25), 1.01 * 2 ** -25]
  expect(rounded.map(roundToFloat16)).toEqual([
    65_504,
    -Infinity,
    Infinity,
    0,
    -0,
    2 ** -24,
  ])
})

describeFloat16(halfCpu)
