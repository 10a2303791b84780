import { type Tensor, zeros } from '@deepdive/autograd'
import { DeepDiveError } from '@deepdive/tensor'
import { readFixture } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { functional } from '../src/index.ts'

/**
 * What comes out of axes of 1, 2, 3 … elements, as tools/oracle/conv_sizes.py writes
 * it.
 */
interface SizeCase {
  readonly name: string
  readonly function: 'conv' | 'convTranspose' | 'maxPool' | 'avgPool'
  readonly kernelSize: number
  readonly options: Readonly<Record<string, unknown>>
  /** null where PyTorch raises an error; nothing at all where it always does. */
  readonly sizes?: readonly (number | null)[]
  readonly error?: true
}

const cases = readFixture<SizeCase>(import.meta.url, 'sizes')
const asked = 8

for (const rank of [1, 2])
  describe(`on ${rank} axes as much comes out as from PyTorch`, () => {
    for (const sizeCase of cases)
      test(sizeCase.name, () => {
        const { sizes = new Array<null>(asked).fill(null) } = sizeCase
        expect(sizes.map((_, place) => sizeOf(sizeCase, rank, place + 1))).toEqual(
          sizes,
        )
      })
  })

test('the grid holds every function, and errors of some and of all sizes', () => {
  expect(new Set(cases.map((c) => c.function)).size).toBe(4)
  expect(cases.filter((c) => c.sizes?.includes(null)).length).toBeGreaterThan(50)
  expect(cases.filter((c) => c.error).length).toBeGreaterThan(50)
  expect(cases.every((c) => (c.sizes?.length ?? asked) === asked)).toBe(true)
  expect(cases.every((c) => (c.error ?? false) !== 'sizes' in c)).toBe(true)
})

/**
 * The size that comes out of `rank` axes of `extent`, null for one of our own errors.
 */
function sizeOf(sizeCase: SizeCase, rank: number, extent: number): number | null {
  const { function: name, kernelSize, options } = sizeCase
  const call: (...args: unknown[]) => Tensor = Reflect.get(
    functional,
    `${name}${rank}d`,
  )
  const square = (size: number) => zeros([1, 1, ...new Array<number>(rank).fill(size)])
  const kernel = name.startsWith('conv') ? [square(kernelSize), null] : [kernelSize]
  try {
    const y = call(square(extent), ...kernel, options)
    expect(new Set(y.shape.slice(2)).size).toBe(1)
    return y.size(-1)
  } catch (error) {
    if (error instanceof DeepDiveError) return null
    throw error
  }
}
