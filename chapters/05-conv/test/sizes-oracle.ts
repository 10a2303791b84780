import { type Tensor, zeros } from '@deepdive/autograd'
import { DeepDiveError, type Device } from '@deepdive/tensor'
import { readFixture } from '@deepdive/testing'
import { expect, test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
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

export const sizeCases = readFixture<SizeCase>(import.meta.url, 'sizes')
export const asked = 8

/** Compares the sizes of results on `device` with those of PyTorch's. */
export function describeSizes(device: Device): void {
  for (const rank of [1, 2])
    describeOn(device, `from ${rank} axes as much comes out as from PyTorch`, () => {
      for (const sizeCase of sizeCases)
        test(sizeCase.name, () => {
          const { sizes = new Array<null>(asked).fill(null) } = sizeCase
          const found = sizes.map((_, place) => sizeOf(sizeCase, rank, place + 1))
          expect(found).toEqual(sizes)
        })
    })
}

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
