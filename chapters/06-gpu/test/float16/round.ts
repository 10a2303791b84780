import type { View } from '@deepdive/tensor'
import { roundToFloat16 } from '../../src/webgpu/half.ts'
import { valuesOf } from '../properties/place.ts'

/** Rounds all of the memory behind a view to numbers that a float16 holds. */
export function round({ storage }: Pick<View, 'storage'>): void {
  const values = valuesOf(storage)
  values.forEach((value, n) => {
    values[n] = roundToFloat16(value)
  })
}
