import { checkTensor, noGrad, rand, randn, type Tensor } from '@deepdive/autograd'
import {
  checkFinite,
  checkNotNegative,
  DTypeError,
  type Generator,
  ValueError,
} from '@deepdive/tensor'

export interface InitOptions {
  /** Default: the one that `manualSeed` starts. */
  readonly generator?: Generator
}

/**
 * Fills a tensor with uniform random numbers from a to b.
 *
 * @throws ValueError where a is above b, or one is not finite.
 * @throws DTypeError for anything but float32, as all here.
 * @example
 * init.uniform_(zeros([100]), 2, 3).ge(2).all().item() // → 1
 */
export function uniform_(x: Tensor, a = 0, b = 1, options: InitOptions = {}): Tensor {
  checkFinite('uniform_', { a, b })
  if (a > b) throw new ValueError(`uniform_: there is no number from ${a} to ${b}`)
  return fillUniform('uniform_', x, a, b, options)
}

/** `uniform_` for a function of another name. */
export function fillUniform(
  op: string,
  x: Tensor,
  a: number,
  b: number,
  options: InitOptions,
): Tensor {
  return overwrite(op, x, () => {
    x.copy_(rand(x.shape, { device: x.device, ...options }))
    x.mul_(b - a).add_(a)
  })
}

/**
 * Fills a tensor with random numbers of the normal distribution.
 *
 * @throws ValueError where the standard deviation is negative, or one is not finite.
 * @example
 * init.normal_(zeros([3]), 5, 0) // → tensor([5., 5., 5.])
 */
export function normal_(
  x: Tensor,
  mean = 0,
  std = 1,
  options: InitOptions = {},
): Tensor {
  checkFinite('normal_', { mean })
  checkNotNegative('normal_', { std })
  return fillNormal('normal_', x, mean, std, options)
}

/** `normal_` for a function of another name. */
export function fillNormal(
  op: string,
  x: Tensor,
  mean: number,
  std: number,
  options: InitOptions,
): Tensor {
  return overwrite(op, x, () => {
    x.copy_(randn(x.shape, { device: x.device, ...options }))
    x.mul_(std).add_(mean)
  })
}

/**
 * Fills a tensor with one number.
 *
 * @example
 * init.constant_(zeros([2]), 0.5) // → tensor([0.5000, 0.5000])
 */
export function constant_(x: Tensor, value: number): Tensor {
  return overwrite('constant_', x, () => x.fill_(value))
}

/**
 * Fills a tensor with zeros.
 *
 * @example
 * init.zeros_(ones([2])) // → tensor([0., 0.])
 */
export function zeros_(x: Tensor): Tensor {
  return overwrite('zeros_', x, () => x.fill_(0))
}

/**
 * Fills a tensor with ones.
 *
 * @example
 * init.ones_(zeros([2])) // → tensor([1., 1.])
 */
export function ones_(x: Tensor): Tensor {
  return overwrite('ones_', x, () => x.fill_(1))
}

/** Lets `write` change a tensor, a parameter too, without a trace in any graph. */
export function overwrite(op: string, x: Tensor, write: () => void): Tensor {
  checkTensor(op, 'tensor', x)
  if (x.dtype !== 'float32') {
    throw new DTypeError(`${op}: needs a float32 tensor to fill, not ${x.dtype}`)
  }
  noGrad(write)
  return x
}
