import type { Tensor } from '@deepdive/autograd'
import {
  broadcastShapes,
  checkFinite,
  formatShape,
  type Shape,
  ShapeError,
  stretchesTo,
} from '@deepdive/tensor'
import { checkTensors } from './check-tensors.ts'
import { dropout } from './dropout.ts'
import { applyMask, causalMask, checkMask, joinMasks } from './mask.ts'

export interface AttentionWeightsOptions {
  /**
   * A bool mask says which keys a query may look at, a float32 mask is added to the
   * scores; it must broadcast to [..., L, S]. Default: null.
   */
  readonly attnMask?: Tensor | null
  /** Whether query i may look at keys 0 … i only, besides any mask. Default: false. */
  readonly isCausal?: boolean
  /** What the scores are multiplied by. Default: 1 / √E. */
  readonly scale?: number
}

export interface AttentionOptions extends AttentionWeightsOptions {
  /** The probability that a weight is dropped; pass 0 in evaluation. Default: 0. */
  readonly dropoutP?: number
}

/**
 * softmax(scale · Q · Kᵀ + mask) · V: each query [..., L, E] looks at the keys
 * [..., S, E] and takes the mean of their values [..., S, Ev], weighted by how well the
 * keys fit it, giving [..., L, Ev] (Vaswani et al. 2017, section 3.2.1).
 *
 * A query that may look at no key has no mean to take: its output is NaN, as the
 * formula and PyTorch have it.
 *
 * @throws ShapeError where sizes differ, or the mask does not fit.
 * @throws DTypeError where the mask is neither bool nor float32.
 * @example
 * const keys = tensor([[100, 0], [0, 100]])
 * const values = tensor([[1], [2]])
 * functional.scaledDotProductAttention(tensor([[0, 9]]), keys, values)
 * // → tensor([[2.]])
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  { dropoutP = 0, ...options }: AttentionOptions = {},
): Tensor {
  checkTensors('scaledDotProductAttention', { query, key, value })
  checkBatches(query, key, value)
  const weights = attentionWeights(query, key, options)
  if (key.size(-2) !== value.size(-2)) {
    throw new ShapeError(
      `scaledDotProductAttention: ${key.size(-2)} keys cannot lead to ` +
        `${value.size(-2)} values: key is ${formatShape(key.shape)}, value ` +
        formatShape(value.shape),
    )
  }
  return dropout(weights, dropoutP).matmul(value)
}

/** softmax(scale · Q · Kᵀ + mask): [..., L, S], each row adding up to 1. */
export function attentionWeights(
  query: Tensor,
  key: Tensor,
  options: AttentionWeightsOptions = {},
): Tensor {
  checkWidths(query, key)
  // Queries of no width score 0, whatever the scale.
  const width = Math.max(1, query.size(-1))
  const { attnMask, isCausal = false, scale = width ** -0.5 } = options
  checkFinite('scaledDotProductAttention', { scale })
  // Scaling the queries, not the scores: they are fewer numbers.
  const scores = query.mul(scale).matmul(key.transpose(-2, -1))
  const masks = isCausal ? [causalMask(scores)] : []
  if (attnMask) {
    const op = 'scaledDotProductAttention'
    checkMask(op, 'attnMask', attnMask, [scores.shape], stretchesTo)
    masks.push(attnMask)
  }
  const masked = masks.length > 0 ? applyMask(scores, masks.reduce(joinMasks)) : scores
  return masked.softmax(-1)
}

/** Refuses what is no sequence, and batches that do not stretch to one. */
function checkBatches(...inputs: readonly [query: Tensor, key: Tensor, value: Tensor]) {
  const [query, key, value] = inputs.map(({ shape }) => formatShape(shape))
  const given = `query ${query}, key ${key} and value ${value}`
  if (inputs.some(({ ndim }) => ndim < 2)) {
    throw new ShapeError(
      `scaledDotProductAttention: ${given} must be [..., L, E], [..., S, E] and ` +
        '[..., S, Ev]',
    )
  }
  const what = `scaledDotProductAttention: the batches of ${given}`
  const batches: Shape[] = inputs.map(({ shape }) => shape.slice(0, -2))
  batches.reduce((one, other) => broadcastShapes(what, one, other))
}

function checkWidths(query: Tensor, key: Tensor): void {
  const deep = query.ndim >= 2 && key.ndim >= 2
  if (deep && query.size(-1) === key.size(-1)) return
  throw new ShapeError(
    `scaledDotProductAttention: query ${formatShape(query.shape)} and key ` +
      `${formatShape(key.shape)} must be [..., L, E] and [..., S, E], with one E`,
  )
}
