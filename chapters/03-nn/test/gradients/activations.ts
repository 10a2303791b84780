import { between, one } from '../../../02-autograd/test/inputs.ts'
import {
  any,
  axis,
  type Cases,
  filledAxis,
  on,
} from '../../../02-autograd/test/operations/case.ts'
import { functional as F } from '../../src/index.ts'
import { fitting } from './sizes.ts'

/** At numbers that are never near 0, where some of these have a kink. */
export const activations: Cases = {
  relu: [on(any, ([x]) => F.relu(x))],
  leakyRelu: [
    on(any, ([x]) => F.leakyRelu(x)),
    on(any, ([x], n) => F.leakyRelu(x, { negativeSlope: n / 4 - 1 })),
  ],
  prelu: [
    on(
      fitting((lead, channels) => [[2, channels, ...lead], [channels]]),
      ([x, slopes]) => F.prelu(x, slopes),
    ),
    on(
      fitting((lead) => [lead, [1]]),
      ([x, slope]) => F.prelu(x, slope),
    ),
  ],
  elu: [on(any, ([x], n) => F.elu(x, { alpha: n / 4 }))],
  gelu: [
    on(any, ([x]) => F.gelu(x)),
    on(any, ([x]) => F.gelu(x, { approximate: 'tanh' })),
  ],
  silu: [on(any, ([x]) => F.silu(x))],
  sigmoid: [on(any, ([x]) => F.sigmoid(x))],
  tanh: [on(any, ([x]) => F.tanh(x))],
  softplus: [
    on(any, ([x], n) => F.softplus(x, { beta: [0.5, 1, 2][n % 3] })),
    // A line from 1 on, which is never near.
    on(one({}, between), ([x]) => F.softplus(x, { threshold: 1 })),
  ],
  softmax: [on(filledAxis, ([x], n) => F.softmax(x, axis(x, n)))],
  logSoftmax: [on(filledAxis, ([x], n) => F.logSoftmax(x, axis(x, n)))],
}
