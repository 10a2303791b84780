import type { Device, NDArray } from '@deepdive/tensor'
import fc from 'fast-check'
import { describe, test } from 'vitest'
import { type Call, type Halves, moved } from '../properties/call.ts'
import { kernels } from '../properties/describe-kernels.ts'
import { checkNear } from '../properties/near.ts'
import { plain } from '../properties/plain.ts'
import { round } from './round.ts'

/** A unit in the last place of a float16; a result is rounded twice at most. */
const rounding = { relative: 2 ** -10, absolute: 2 ** -24 }
const closeness = { relative: 2 ** -9, absolute: 2 ** -10 }

/** What is float32 beside halves: statistics, whose squares would be too large. */
const wide: Readonly<Record<string, readonly number[]>> = {
  standardize: [2, 3],
  standardizeGradient: [2],
  batchNorm: [4, 5],
  batchNormGradient: [3, 4],
}

/**
 * Calls every kernel of a device with float16 in place of float32, and compares what
 * comes of it with what the plain kernels make of the same numbers, rounded.
 */
export function describeHalves(device: Device, numRuns: number): void {
  describe(`kernels of ${device.name} read and write float16`, () => {
    forEachCall(device, (name, kernel, call) => {
      test(name, () =>
        fc.assert(
          fc.asyncProperty(call, (call) => check(kernel, call, device)),
          { numRuns },
        ),
      )
    })
  })
}

/** All kinds of calls of the kernels that a device has. */
export function forEachCall(
  device: Device,
  visit: (name: string, kernel: string, call: fc.Arbitrary<Call>) => void,
): void {
  for (const kernel of Object.keys(device.kernels)) {
    for (const [what, call] of Object.entries(kernels[kernel]))
      visit(`${kernel}: ${what}`, kernel, call)
  }
}

/** Calls a kernel with halves, and gives all arrays that it has seen. */
export function callWithHalves(kernel: string, call: Call, device: Device): NDArray[] {
  const isHalf: Halves = (n) => !wide[kernel]?.includes(n)
  const there = moved(call, device, isHalf)
  call.run(device.kernels, there.given, there.results)
  return [...there.given, ...there.results]
}

async function check(kernel: string, call: Call, device: Device): Promise<void> {
  const { given, results, run, meaning = run, nearness } = call
  const isHalf = ({ dtype }: NDArray, n: number) =>
    dtype === 'float32' && !wide[kernel]?.includes(n)
  for (const x of given.filter(isHalf)) round(x)
  const found = callWithHalves(kernel, call, device)
  meaning(plain, given, results)
  for (const [n, x] of [...given, ...results].entries()) {
    if (isHalf(x, n)) round(x)
    const values = await device.read(found[n].storage)
    checkNear(values, x.storage, nearness, rounding, closeness)
  }
}
