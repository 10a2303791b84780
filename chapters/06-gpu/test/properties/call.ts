import { type Device, type Kernels, NDArray, Storage } from '@deepdive/tensor'
import type fc from 'fast-check'
import { type Nearness, valuesOf } from './near.ts'

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

/** The same arrays on another device; what shared memory before shares it there. */
export function moved(call: Call, device: Device): Pick<Call, 'given' | 'results'> {
  const known = new Map<Storage, Storage>()
  const move = (make: (storage: Storage) => unknown) => (x: NDArray) => {
    const { dtype, length } = x.storage
    const there =
      known.get(x.storage) ?? new Storage(device, dtype, length, make(x.storage))
    known.set(x.storage, there)
    return new NDArray(there, x)
  }
  return {
    given: call.given.map(move((storage) => device.upload(valuesOf(storage).slice()))),
    results: call.results.map(
      move(({ dtype, length }) => device.allocate(dtype, length)),
    ),
  }
}
