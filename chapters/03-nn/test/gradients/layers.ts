import { arange, type Tensor } from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { indices, mask } from '../../../02-autograd/test/inputs.ts'
import {
  any,
  axes,
  type Cases,
  filledAxis,
  on,
} from '../../../02-autograd/test/operations/case.ts'
import { functional as F, standardize } from '../../src/index.ts'
import { fitting } from './sizes.ts'

/** So large that a row of equal numbers, which has no deviation, is no cliff. */
const eps = 0.5

/** Pairs of inputs and a weight; a bias. */
const pairs = fitting((lead, in1, in2, out) => [
  [...lead, in1],
  [...lead, in2],
  [out, in1, in2],
])
const pairsAndBias = fitting((lead, in1, in2, out) => [
  [...lead, in1],
  [...lead, in2],
  [out, in1, in2],
  [out],
])

/** Queries, keys and values; a mask that is added. */
const attended = fitting((lead, queries, keys, width) => [
  [...lead, queries, width],
  [...lead, keys, width],
  [...lead, keys, 2],
])
const attendedAndMask = fitting((lead, queries, keys, width) => [
  [...lead, queries, width],
  [...lead, keys, width],
  [...lead, keys, 2],
  [queries, keys],
])

/** Which keys a query may look at: by `n`, and always the first. */
function looks(query: Tensor, key: Tensor, n: number): Tensor {
  const keys = key.size(-2)
  return mask([query.size(-2), keys], n).logicalOr(arange(keys).eq(0))
}

/** What layers do with their weights. */
export const layers: Cases = {
  linear: [
    on(
      fitting((lead, width, out) => [[...lead, width], [out, width], [out]]),
      ([x, weight, bias]) => F.linear(x, weight, bias),
    ),
    on(
      fitting((lead, width, out) => [
        [...lead, width],
        [out, width],
      ]),
      ([x, weight]) => F.linear(x, weight),
    ),
  ],
  bilinear: [
    on(pairsAndBias, ([x1, x2, weight, bias]) => F.bilinear(x1, x2, weight, bias)),
    on(pairs, ([x1, x2, weight]) => F.bilinear(x1, x2, weight)),
  ],
  // Without padding, which matters and yet learns nothing.
  embedding: [
    on(
      fitting((_, rows, width) => [[rows, width]]),
      ([table], n) =>
        F.embedding(indices([[3], [], [2, 2], [0]][n % 4], table.size(0), n), table),
    ),
  ],
  dropout: [
    on(any, ([x], n) => {
      manualSeed(n)
      return F.dropout(x, 0.4)
    }),
  ],
  standardize: [
    on(filledAxis, ([x], n) => {
      const dims = axes(x, n) ?? x.shape.map((_, axis) => axis)
      return standardize(x, typeof dims === 'number' ? [dims] : dims, eps)
    }),
  ],
  layerNorm: [
    on(
      fitting((lead, a, b) => [
        [...lead, a, b],
        [a, b],
        [a, b],
      ]),
      ([x, weight, bias]) => F.layerNorm(x, weight.shape, weight, bias, { eps }),
    ),
    on(
      fitting((lead, a) => [[...lead, a]]),
      ([x]) => F.layerNorm(x, [x.size(-1)], null, null, { eps }),
    ),
  ],
  rmsNorm: [
    on(
      fitting((lead, a, b) => [
        [...lead, a, b],
        [a, b],
      ]),
      ([x, weight]) => F.rmsNorm(x, weight.shape, weight, { eps }),
    ),
    on(
      fitting((lead, a) => [[...lead, a]]),
      ([x]) => F.rmsNorm(x, [x.size(-1)], null, { eps }),
    ),
  ],
  scaledDotProductAttention: [
    on(attended, ([q, k, v], n) =>
      F.scaledDotProductAttention(q, k, v, { isCausal: n % 2 === 0, scale: n / 12 }),
    ),
    on(attended, ([q, k, v], n) =>
      F.scaledDotProductAttention(q, k, v, { attnMask: looks(q, k, n) }),
    ),
    on(attendedAndMask, ([q, k, v, attnMask], n) => {
      manualSeed(n)
      return F.scaledDotProductAttention(q, k, v, { attnMask, dropoutP: 0.3 })
    }),
  ],
}
