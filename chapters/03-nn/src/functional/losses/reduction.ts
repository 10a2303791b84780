import type { Tensor } from '@deepdive/autograd'
import { ValueError, verify } from '@deepdive/tensor'

/** How many losses become one number; `'none'` leaves them as they are. */
export type Reduction = 'mean' | 'sum' | 'none'

export interface LossOptions {
  /** Default: 'mean'. */
  readonly reduction?: Reduction
}

const reductions: readonly string[] = ['mean', 'sum', 'none'] satisfies Reduction[]

/** Refuses a reduction that is not among those known. */
export function checkReduction(
  op: string,
  reduction: string,
  known = reductions,
): void {
  if (known.includes(reduction)) return
  const names = known.map((name) => `'${name}'`).join(', ')
  throw new ValueError(
    `${op}: reduction '${reduction}' is unknown: use one of ${names}`,
  )
}

/**
 * The losses as `reduction` wants them; a mean divides their sum by `count`, which is
 * negative where the losses still have the opposite sign.
 */
export function reduceLoss(
  op: string,
  losses: Tensor,
  reduction: Reduction = 'mean',
  count: number | Tensor = losses.numel(),
): Tensor {
  checkReduction(op, reduction)
  if (reduction === 'none') return losses
  if (reduction === 'sum') return losses.sum()
  checkSome(op, count)
  return losses.sum().div(count)
}

/** 0 / 0 would be NaN, and spoil every parameter at the next step. */
function checkSome(op: string, count: number | Tensor): void {
  const refusal = () =>
    new ValueError(
      `${op}: there are no losses to average: the batch is empty, or all its labels are ` +
        "ignored or of weight 0: skip it, or use { reduction: 'sum' }",
    )
  if (typeof count !== 'number') verify(count.ne(0).array, refusal)
  else if (count === 0) throw refusal()
}
