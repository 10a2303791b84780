import type { Device } from '@deepdive/tensor'
import type { Tolerance } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Call, type Calls, moved } from './call.ts'
import { convolutions } from './kernels/convolutions.ts'
import { elementwise } from './kernels/elementwise.ts'
import { picking } from './kernels/picking.ts'
import { matrices } from './kernels/products.ts'
import { chance } from './kernels/random.ts'
import { reductions } from './kernels/reductions.ts'
import { rows } from './kernels/rows.ts'
import { steps } from './kernels/steps.ts'
import { sliders } from './kernels/windows.ts'
import { checkNear } from './near.ts'
import { plain } from './plain.ts'

export const kernels: Readonly<Record<string, Calls>> = {
  ...elementwise,
  ...reductions,
  ...matrices,
  ...picking,
  ...chance,
  ...sliders,
  ...convolutions,
  ...rows,
  ...steps,
}

/** How a device is tried. */
export interface Trial {
  /** How many calls of each kind. */
  readonly numRuns: number
  /** How near its functions round to the truth. */
  readonly rounding: Tolerance
}

/** Compares every kernel of a device, on any views, with those of chapters 1 to 5. */
export function describeKernels(device: Device, trial: Trial): void {
  describe(`kernels of ${device.name} do what the plain ones do`, () => {
    const owned = Object.entries(device.kernels).flatMap(([name, kernel]) => {
      return kernel ? [name] : []
    })
    test('all of them', () => {
      expect(Object.keys(kernels)).toEqual(expect.arrayContaining(owned))
    })
    for (const [kernel, calls] of Object.entries(kernels))
      if (owned.includes(kernel))
        describe(kernel, () => {
          for (const [what, call] of Object.entries(calls))
            test(what, () =>
              fc.assert(
                fc.asyncProperty(call, (call) => check(call, device, trial)),
                { numRuns: trial.numRuns },
              ),
            )
        })
  })
}

/** Runs a call on the plain cpu and on a device, and compares all the memory after. */
async function check(call: Call, device: Device, { rounding }: Trial): Promise<void> {
  const { given, results, run, meaning = run, nearness } = call
  const there = moved(call, device)
  run(device.kernels, there.given, there.results)
  meaning(plain, given, results)
  const found = [...there.given, ...there.results]
  for (const [n, { storage }] of [...given, ...results].entries())
    checkNear(await device.read(found[n].storage), storage, nearness, rounding)
}
