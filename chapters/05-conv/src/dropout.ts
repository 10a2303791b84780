import type { Tensor } from '@deepdive/autograd'
import { Dropout } from '@deepdive/nn'
import { dropout1d, dropout2d } from './functional/dropout.ts'

/**
 * In training, makes each channel of [N, C, L] or [C, L] 0 with probability p and
 * divides the others by 1 − p; in evaluation, passes x on (Tompson et al. 2015).
 *
 * @throws ValueError where p is no probability.
 * @example
 * new Dropout1d(0.2).eval().forward(ones([1, 2])) // → tensor([[1., 1.]])
 */
export class Dropout1d extends Dropout {
  override forward(x: Tensor): Tensor {
    return dropout1d(x, this.p, this)
  }
}

/**
 * In training, makes each channel of [N, C, H, W] or [C, H, W] 0 with probability p and
 * divides the others by 1 − p; in evaluation, passes x on (Tompson et al. 2015).
 *
 * @throws ValueError where p is no probability.
 * @example
 * new Dropout2d(0.2).eval().forward(ones([1, 1, 2])) // → tensor([[[1., 1.]]])
 */
export class Dropout2d extends Dropout {
  override forward(x: Tensor): Tensor {
    return dropout2d(x, this.p, this)
  }
}
