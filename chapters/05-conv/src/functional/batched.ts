import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError } from '@deepdive/tensor'
import { checkFloat } from './check-float.ts'

const axisNames = ['', 'L', 'H, W', 'D, H, W']

/**
 * @throws ValueError where x is no tensor, DTypeError where it is not float32.
 * @throws ShapeError where x is neither a batch [N, C, …] nor a single sample [C, …],
 * with `rank` axes behind the channels, or one of these axes is empty.
 */
export function checkAxes(op: string, x: Tensor, rank: number): void {
  checkFloat(op, 'input', x)
  if (x.ndim === rank + 2 || x.ndim === rank + 1) {
    if (!x.shape.slice(-rank).includes(0)) return
    throw new ShapeError(
      `${op}: the input ${formatShape(x.shape)} has an empty axis to slide along: ` +
        'only the batch may be empty',
    )
  }
  const names = axisNames[rank]
  throw new ShapeError(
    `${op}: the input must be [N, C, ${names}], or [C, ${names}] for a single ` +
      `sample, not ${formatShape(x.shape)}`,
  )
}

/**
 * What `compute` makes of a batch, or of a single sample as a batch of one.
 *
 * @throws ShapeError where x is neither.
 */
export function batched(
  op: string,
  x: Tensor,
  rank: number,
  compute: (batch: Tensor) => Tensor,
): Tensor {
  checkAxes(op, x, rank)
  return x.ndim === rank + 1 ? compute(x.unsqueeze(0)).squeeze(0) : compute(x)
}
