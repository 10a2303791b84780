import { type Device, type Kernels, NDArray, Storage } from '@deepdive/tensor'
import type fc from 'fast-check'
import type { Nearness } from './near.ts'
import { placerOn } from './place.ts'

/** One call of a kernel. */
export interface Call {
  /** What it reads, or changes. */
  readonly given: readonly NDArray[]
  /** What it fills, all zero before. */
  readonly results: readonly NDArray[]
  readonly run: Run
  /** What it should do, where no plain kernel says so. */
  readonly meaning?: Run
  readonly nearness: Nearness
}

type Run = (
  kernels: Kernels,
  given: readonly NDArray[],
  results: readonly NDArray[],
) => void

/** All calls of a kernel, by what they are about. */
export type Calls = Readonly<Record<string, fc.Arbitrary<Call>>>

/** Of all arrays that a call has, its results last, whether the n-th is to be float16. */
export type Halves = (n: number) => boolean

/** The same arrays on another device; results are memory that is new there. */
export function moved(
  { given, results }: Call,
  device: Device,
  isHalf: Halves = () => false,
): Pick<Call, 'given' | 'results'> {
  const allocate = (x: NDArray, n: number) => {
    const { length } = x.storage
    const becomesHalf = x.dtype === 'float32' && isHalf(given.length + n)
    const dtype = becomesHalf ? 'float16' : x.dtype
    const memory = device.allocate(dtype, length)
    return new NDArray(new Storage(device, dtype, length, memory), x)
  }
  const place = placerOn(device)
  return {
    given: given.map((x, n) => place(x, isHalf(n))),
    results: results.map(allocate),
  }
}
