import { arange, type Tensor } from '@deepdive/autograd'
import type { Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import {
  between,
  type Domain,
  far,
  from,
  type Inputs,
  indices,
  leaf,
  real,
  shaped,
  shapes,
} from '../../../02-autograd/test/inputs.ts'
import { type Call, type Cases, on } from '../../../02-autograd/test/operations/case.ts'
import { functional as F } from '../../src/index.ts'
import { fitting } from './sizes.ts'

/** Shares that are far from 0 and 1, where logarithms are steep. */
const share = from(0.3, 0.4, 0.5, 0.6, 0.7)

/** Two tensors of one shape, an empty one too. */
function alike(a: Domain, b: Domain, axes = 0): Inputs {
  return shapes({ axes }).chain((shape) => fc.tuple(leaf(shape, a), leaf(shape, b)))
}

/** Differences that are never near a multiple of ¼, where some of these have a kink. */
const apart = alike(real, between)

/** One of the three; nothing has no mean. */
function reduction(x: Tensor, n: number) {
  return (['none', 'sum', x.numel() === 0 ? 'sum' : 'mean'] as const)[n % 3]
}

/** Weights that are all different, which a loss stretches. */
function weight(x: Tensor): Tensor {
  return arange(x.size(-1)).add(0.5)
}

/** [C], [N, C] or [N, C, d] for C classes. */
function scores(lead: Shape, classes: number): Shape {
  return [...lead.slice(0, 1), classes, ...lead.slice(1)]
}

const logits = fitting((lead, classes) => [scores(lead, classes)])
const withShares = fitting((lead, classes) => [
  scores(lead, classes),
  scores(lead, classes),
])

type ClassLoss = typeof F.crossEntropy | typeof F.nllLoss

/** A loss of labels by `n`, plain, weighted, and with a label that is ignored. */
function ofLabels(loss: ClassLoss): readonly Call[] {
  const labels = (x: Tensor, n: number) => {
    const axis = x.ndim === 1 ? 0 : 1
    return indices(x.shape.toSpliced(axis, 1), x.size(axis), n)
  }
  const weightOf = (x: Tensor) => arange(x.size(x.ndim === 1 ? 0 : 1)).add(0.5)
  return [
    ([x], n) => loss(x, labels(x, n), { reduction: reduction(x, n) }),
    ([x], n) =>
      loss(x, labels(x, n), { reduction: reduction(x, n), weight: weightOf(x) }),
    ([x], n) =>
      loss(x, labels(x, n), { reduction: n % 2 ? 'sum' : 'none', ignoreIndex: 0 }),
  ]
}

/** Pairs of vectors whose cosine is not near the margin. */
const margin = 0.3
const vectors = fc
  .tuple(fc.constantFrom([], [2], [3]), fc.constantFrom(1, 2, 3))
  .chain(([lead, width]) =>
    shaped(
      [
        [...lead, width],
        [...lead, width],
      ],
      far,
    ),
  )
  .filter(([a, b]) => {
    const cosines = a.mul(b).sum(-1).div(a.norm(2, -1)).div(b.norm(2, -1))
    return cosines.sub(margin).abs().gt(0.1).all().item() === 1
  })

/** Towards the target as well, where it is no label. */
export const losses: Cases = {
  mseLoss: [on(apart, ([x, y], n) => F.mseLoss(x, y, { reduction: reduction(x, n) }))],
  l1Loss: [on(apart, ([x, y], n) => F.l1Loss(x, y, { reduction: reduction(x, n) }))],
  smoothL1Loss: [
    on(apart, ([x, y], n) =>
      F.smoothL1Loss(x, y, { reduction: reduction(x, n), beta: (n % 4) / 2 }),
    ),
  ],
  huberLoss: [
    on(apart, ([x, y], n) =>
      F.huberLoss(x, y, { reduction: reduction(x, n), delta: (1 + (n % 4)) / 2 }),
    ),
  ],
  crossEntropy: [
    ...ofLabels(F.crossEntropy).map((call) => on(logits, call)),
    on(logits, ([x], n) => {
      const labels = indices(x.sum(x.ndim === 1 ? 0 : 1).shape, 1, n)
      return F.crossEntropy(x, labels, { labelSmoothing: n / 12, reduction: 'sum' })
    }),
    on(withShares, ([x, p], n) =>
      F.crossEntropy(x, p, { labelSmoothing: n / 12, reduction: reduction(x, n) }),
    ),
  ],
  nllLoss: ofLabels(F.nllLoss).map((call) => on(logits, call)),
  binaryCrossEntropy: [
    on(alike(share, share, 1), ([p, y], n) =>
      F.binaryCrossEntropy(p, y, { reduction: reduction(p, n), weight: weight(p) }),
    ),
  ],
  binaryCrossEntropyWithLogits: [
    on(alike(real, share, 1), ([x, y], n) =>
      F.binaryCrossEntropyWithLogits(x, y, {
        reduction: reduction(x, n),
        posWeight: weight(x),
      }),
    ),
  ],
  klDiv: [
    on(alike(real, share), ([x, p], n) =>
      F.klDiv(x, p, { reduction: reduction(x, n) }),
    ),
    on(alike(real, real), ([x, logs]) =>
      F.klDiv(x, logs, { reduction: 'none', logTarget: true }),
    ),
    on(
      fitting((_, rows, width) => [
        [rows, width],
        [rows, width],
      ]),
      ([x, logs]) => F.klDiv(x, logs, { reduction: 'batchmean', logTarget: true }),
    ),
  ],
  cosineEmbeddingLoss: [
    on(vectors, ([a, b], n) => {
      const labels = indices(a.shape.slice(0, -1), 2, n).mul(2).sub(1)
      return F.cosineEmbeddingLoss(a, b, labels, { margin, reduction: reduction(a, n) })
    }),
  ],
}
