import { checkTensor, rand, type Tensor } from '@deepdive/autograd'
import { checkShare } from '@deepdive/tensor'

export interface DropoutOptions {
  /** Whether to drop at all. Default: true. */
  readonly training?: boolean
}

/**
 * Each element becomes 0 with probability p, and is divided by 1 − p otherwise, so that
 * the mean stays as it is (Srivastava et al. 2014).
 *
 * @throws ValueError where p is no probability.
 * @example
 * functional.dropout(ones([2]), 0.5, { training: false }) // → tensor([1., 1.])
 */
export function dropout(
  x: Tensor,
  p = 0.5,
  { training = true }: DropoutOptions = {},
): Tensor {
  checkTensor('dropout', 'input', x)
  checkShare('dropout', { p })
  if (!training || p === 0) return x
  const scale = p === 1 ? 0 : 1 / (1 - p)
  const factors = rand(x.shape, { device: x.device }).ge(p).mul(scale)
  return x.mul(x.dtype === 'float16' ? factors.to('float16') : factors)
}
