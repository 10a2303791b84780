import { ones, type Tensor } from '@deepdive/autograd'
import { functional } from '@deepdive/nn'
import { checkAxes } from './batched.ts'

function dropChannels(
  op: string,
  x: Tensor,
  rank: number,
  p: number,
  options: functional.DropoutOptions,
): Tensor {
  checkAxes(op, x, rank)
  const lead = x.shape.slice(0, -rank)
  const channels = ones([...lead, ...new Array<number>(rank).fill(1)], {
    device: x.device,
    dtype: x.dtype === 'float16' ? 'float16' : 'float32',
  })
  const kept = functional.dropout(channels, p, options)
  return kept === channels ? x : x.mul(kept)
}

/**
 * Each channel of a line becomes 0 with probability p, and is divided by 1 − p
 * otherwise: neighbours are too alike for the loss of one to matter. x is [N, C, L] or
 * [C, L] (Tompson et al. 2015).
 *
 * @throws ValueError where p is no probability.
 * @example
 * functional.dropout1d(ones([3, 2]), 0.5, { training: false }).sum() // → tensor(6.)
 */
export function dropout1d(
  x: Tensor,
  p = 0.5,
  options: functional.DropoutOptions = {},
): Tensor {
  return dropChannels('dropout1d', x, 1, p, options)
}

/**
 * Each channel of an image becomes 0 with probability p, and is divided by 1 − p
 * otherwise: neighbours are too alike for the loss of one to matter. x is [N, C, H, W]
 * or [C, H, W] (Tompson et al. 2015).
 *
 * @throws ValueError where p is no probability.
 * @example
 * functional.dropout2d(ones([3, 1, 2]), 0.5, { training: false }).sum() // → tensor(6.)
 */
export function dropout2d(
  x: Tensor,
  p = 0.5,
  options: functional.DropoutOptions = {},
): Tensor {
  return dropChannels('dropout2d', x, 2, p, options)
}
