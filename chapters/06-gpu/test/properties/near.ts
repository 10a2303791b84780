import type { Storage, TypedArray } from '@deepdive/tensor'
import { type Tolerance, tolerance } from '@deepdive/testing'
import { valuesOf } from './place.ts'

/** How near the result of a device must be to that of the plain kernel. */
export type Nearness =
  /** The same, to the last bit and to the sign of zero. */
  | 'same'
  /** The same but for the sign of zero, which depends on the order of a sum. */
  | 'equal'
  /** As near as the device rounds a function; exact where that is 0, endless or NaN. */
  | 'rounded'
  /** As near as to what PyTorch computes. */
  | 'close'

/** Throws where an element of what a device has computed is not what it should be. */
export function checkNear(
  found: TypedArray,
  wanted: Storage,
  nearness: Nearness,
  rounding: Tolerance,
  closeness = tolerance,
): void {
  const values = valuesOf(wanted)
  const allowed = nearness === 'close' ? closeTo(values, closeness) : rounding
  values.forEach((want, place) => {
    const have = found[place]
    if (isNear(have, want, nearness, allowed)) return
    throw new Error(`element ${place} of memory is ${show(have)}, not ${show(want)}`)
  })
}

/** Sums that come out small were rounded where they were large. */
function closeTo(values: TypedArray, closeness: Tolerance): Tolerance {
  const sizes = Array.from(values, Math.abs).filter(Number.isFinite)
  const largest = sizes.reduce((a, b) => Math.max(a, b), 1)
  return { ...closeness, absolute: closeness.absolute * largest }
}

function isNear(
  have: number,
  want: number,
  nearness: Nearness,
  { relative, absolute }: Tolerance,
): boolean {
  if (Object.is(have, want)) return true
  if (nearness === 'same') return false
  if (nearness === 'equal' || !Number.isFinite(want)) return have === want
  if (nearness === 'rounded' && want === 0) return false
  return Math.abs(have - want) <= relative * Math.abs(want) + absolute
}

function show(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x)
}
