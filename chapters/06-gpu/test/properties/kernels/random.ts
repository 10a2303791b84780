import type { RandomDistribution } from '@deepdive/tensor'
import fc from 'fast-check'
import type { Call, Calls } from '../call.ts'
import type { Nearness } from '../near.ts'
import { rowsOf } from '../views.ts'

const seed = fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1))
/** The last block, too, has a number of its own. */
const counter = seed.map((n) => Math.min(n, 2 ** 53 - 2000))
const count = fc.constantFrom(0, 1, 2, 3, 4, 5, 255, 1023, 4099)

function random(
  distribution: RandomDistribution,
  nearness: Nearness,
): fc.Arbitrary<Call> {
  return fc.tuple(seed, counter, count).map(([seed, counter, count]) => ({
    given: [],
    results: [rowsOf([count], distribution === 'bits' ? 'int32' : 'float32')],
    run: (kernels, _, [out]) => kernels.random(distribution, { seed, counter }, out),
    nearness,
  }))
}

/** The same numbers on every device. */
export const chance: Readonly<Record<string, Calls>> = {
  random: {
    uniform: random('uniform', 'same'),
    normal: random('normal', 'rounded'),
    bits: random('bits', 'same'),
  },
}
