import type { Tensor } from '../../src/index.ts'
import { distinct, type Inputs, one } from '../inputs.ts'

/** An operation, and what it can be tried on. */
export interface Case {
  readonly inputs: Inputs
  readonly call: Call
}

/** What is differentiated; `n` chooses an axis, an index, a mask. */
export type Call = (xs: readonly Tensor[], n: number) => Tensor

/** Cases by the name of the method or function that they are about. */
export type Cases = Readonly<Record<string, readonly Case[]>>

export function on(inputs: Inputs, call: Call): Case {
  return { inputs, call }
}

export const any = one()
export const filled = one({ empty: false })
export const withAxis = one({ axes: 1 })
export const filledAxis = one({ axes: 1, empty: false })
export const apart = one({ axes: 1, empty: false }, distinct)

/** Some axis, counted from either end. */
export function axis(x: Tensor, n: number): number {
  return (n % x.ndim) - (n % 2 === 0 ? x.ndim : 0)
}

/** No axis named, one or two. */
export function axes(x: Tensor, n: number): number | number[] | undefined {
  return [undefined, axis(x, n), x.ndim > 1 ? [0, -1] : [0]][n % 3]
}

export function keep(n: number): { readonly keepdim: boolean } {
  return { keepdim: n % 4 > 1 }
}
