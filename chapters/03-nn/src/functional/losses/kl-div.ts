import type { Tensor } from '@deepdive/autograd'
import { checkProbabilities, checkSameShape } from './check.ts'
import { checkReduction, type Reduction, reduceLoss } from './reduction.ts'

export type KLDivReduction = Reduction | 'batchmean'

export const klDivReductions: readonly KLDivReduction[] = [
  'mean',
  'sum',
  'none',
  'batchmean',
]

export interface KLDivLossOptions {
  /**
   * `'batchmean'`, Σ / N, is the divergence of the distributions; `'mean'` divides by
   * the number of elements. Default: 'mean', as in PyTorch.
   */
  readonly reduction?: KLDivReduction
  /** Whether the target holds logarithms too. Default: false. */
  readonly logTarget?: boolean
}

/**
 * p · (ln p − x), the Kullback–Leibler divergence of x, which are logarithms of
 * probabilities, from target probabilities p, of any one shape; 0 where p is 0.
 *
 * @throws ShapeError where the shapes differ.
 * @throws ValueError where a target is outside 0…1 (on `cpu`).
 * @example
 * const guess = tensor([[0.5, 0.5]]).log()
 * functional.klDiv(guess, tensor([[1, 0]]), { reduction: 'batchmean' })
 * // → tensor(0.6931)
 */
export function klDiv(
  input: Tensor,
  target: Tensor,
  { reduction = 'mean', logTarget = false }: KLDivLossOptions = {},
): Tensor {
  checkReduction('klDiv', reduction, klDivReductions)
  checkSameShape('klDiv', input, target)
  const losses = logTarget
    ? target.exp().mul(target.sub(input))
    : divergence(input, target)
  if (reduction !== 'batchmean') return reduceLoss('klDiv', losses, reduction)
  return reduceLoss('klDiv', losses, 'mean', input.ndim === 0 ? 1 : input.shape[0])
}

/** p ln p goes to 0 with p, and 0 · ln 1 gives just that without 0 · −∞. */
function divergence(input: Tensor, target: Tensor): Tensor {
  checkProbabilities(
    'klDiv',
    'target',
    target,
    'use { logTarget: true } for logarithms',
  )
  return target.mul(target.where(target.gt(0), 1).log().sub(input))
}
