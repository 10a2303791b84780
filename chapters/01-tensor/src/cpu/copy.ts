import type { View } from '../device.ts'
import type { TypedArray } from '../dtype.ts'
import { elements, forEachRun } from './walk.ts'

/** Strided to strided; into a bool, whatever is not 0 is 1. */
export function copy(x: View, out: View): void {
  const from = elements(x)
  const to = elements(out)
  const move = out.dtype === 'bool' && x.dtype !== 'bool' ? truths : values
  forEachRun([x, out], (n, at, step) => {
    if (step[0] === 1 && step[1] === 1 && x.dtype === out.dtype) {
      to.set(from.subarray(at[0], at[0] + n), at[1])
    } else {
      move(n, from, at[0], step[0], to, at[1], step[1])
    }
  })
}

export function fill(value: number, out: View): void {
  const to = elements(out)
  forEachRun([out], (n, [start], [step]) => {
    if (step === 1) to.fill(value, start, start + n)
    else for (let k = start; n > 0; n--, k += step) to[k] = value
  })
}

export function where(condition: View, a: View, b: View, out: View): void {
  const test = elements(condition)
  const yes = elements(a)
  const no = elements(b)
  const to = elements(out)
  forEachRun([condition, a, b, out], (n, at, step) => {
    let [c, i, j, k] = at
    const [dc, di, dj, dk] = step
    for (; n > 0; n--, c += dc, i += di, j += dj, k += dk) {
      to[k] = test[c] !== 0 ? yes[i] : no[j]
    }
  })
}

function values(
  n: number,
  from: TypedArray,
  i: number,
  di: number,
  to: TypedArray,
  k: number,
  dk: number,
): void {
  for (; n > 0; n--, i += di, k += dk) to[k] = from[i]
}

const truths: typeof values = (n, from, i, di, to, k, dk) => {
  for (; n > 0; n--, i += di, k += dk) to[k] = from[i] !== 0 ? 1 : 0
}
