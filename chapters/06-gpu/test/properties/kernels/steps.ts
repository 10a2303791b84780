import fc from 'fast-check'
import type { Call, Calls } from '../call.ts'
import { between } from '../numbers.ts'
import { viewOf } from '../views.ts'

const count = fc.constantFrom(0, 1, 2, 3, 17, 255, 1025, 4099)
const share = fc.constantFrom(0, 0.1, 0.5, 0.9, 0.999)

/** Vectors without gaps that do not begin where memory does. */
function vector(count: number, low: number) {
  return viewOf([count + 3], 'float32', between(low, 2), false)
    .map((x) => x.contiguous())
    .map((x) => x.narrow(0, 3, count))
}

const sgd: fc.Arbitrary<Call> = fc
  .record({
    maximize: fc.boolean(),
    weightDecay: share,
    momentum: share,
    share,
    nesterov: fc.boolean(),
    rate: share,
  })
  .chain((rates) =>
    count
      .chain((n) => fc.tuple(vector(n, -2), vector(n, -2), vector(n, -2)))
      .map(([parameter, gradient, v]) => ({
        given: rates.momentum === 0 ? [parameter, gradient] : [parameter, gradient, v],
        results: [],
        run: (kernels, [parameter, gradient, v = null]) =>
          kernels.sgd?.(parameter, gradient, v, rates),
        nearness: 'close',
      })),
  )

const adam: fc.Arbitrary<Call> = fc
  .record({
    beta1: share,
    beta2: share,
    kept: fc.constantFrom(1, 0.99),
    rate: share,
    margin: fc.constantFrom(1e-8, 0.1),
  })
  .chain((rates) =>
    count
      .chain((n) =>
        fc.tuple(vector(n, -2), vector(n, -2), vector(n, -2), vector(n, 0.01)),
      )
      .map((given) => ({
        given,
        results: [],
        run: (kernels, [parameter, gradient, m, v]) =>
          kernels.adam?.(parameter, gradient, m, v, rates),
        nearness: 'close',
      })),
  )

/** One step of an optimizer. */
export const steps: Readonly<Record<string, Calls>> = {
  sgd: { 'with all that one may ask of it': sgd },
  adam: { 'with all that one may ask of it': adam },
}
