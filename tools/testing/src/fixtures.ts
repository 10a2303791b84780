/** An array as the oracle writes it: its elements in row-major order. */
export interface Expected {
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32' | 'bool'
  readonly data: readonly (number | boolean | 'NaN' | 'Infinity' | '-Infinity')[]
}

/** What a comparison needs of an array or a tensor. */
export interface Actual {
  readonly shape: readonly number[]
  readonly dtype: string
  toTypedArray(): ArrayLike<number>
}

/** The elements as numbers; JSON has no NaN and no Infinity of its own. */
export function elementsOf({ data }: Expected): Float64Array {
  return Float64Array.from(data, Number)
}

/** How far a result may lie from the oracle's: `relative · |expected| + absolute`. */
export interface Tolerance {
  readonly relative: number
  readonly absolute: number
}

export const tolerance: Tolerance = { relative: 1e-5, absolute: 1e-6 }

/** Throws where shape or dtype differ, or any element by more than is allowed. */
export function expectClose(
  actual: Actual,
  expected: Expected,
  allowed: Tolerance = tolerance,
  what = 'result',
): void {
  const found = `${actual.dtype} [${actual.shape}]`
  const wanted = `${expected.dtype} [${expected.shape}]`
  if (found !== wanted) throw new Error(`${what}: is ${found}, should be ${wanted}`)
  const values = actual.toTypedArray()
  elementsOf(expected).forEach((want, place) => {
    const have = values[place]
    if (Object.is(have, want) || have === want) return
    if (expected.dtype === 'float32' && isNear(have, want, allowed)) return
    throw new Error(`${what}: element ${place} is ${have}, should be ${want}`)
  })
}

function isNear(have: number, want: number, { relative, absolute }: Tolerance) {
  if (!Number.isFinite(want)) return false
  return Math.abs(have - want) <= relative * Math.abs(want) + absolute
}
