import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError, sameShape } from '@deepdive/tensor'

/** Refuses an output that is not of its target's shape, and would be broadcast. */
export function checkAlike(owner: string, output: Tensor, target: Tensor): void {
  if (sameShape(output.shape, target.shape)) return
  throw new ShapeError(
    `${owner}: outputs of ${formatShape(output.shape)} do not fit targets of ` +
      `${formatShape(target.shape)}: reshape one of them`,
  )
}
