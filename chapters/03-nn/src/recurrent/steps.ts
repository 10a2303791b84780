import type { Tensor } from '@deepdive/autograd'

/**
 * The T slices of a sequence along `dim`, by halves of halves. The gradient of a slice
 * is as long as what it was taken from: taken from the whole one by one, T slices would
 * send back T sequences of length T; so, log₂ T are sent back in all.
 */
export function steps(x: Tensor, dim: number): Tensor[] {
  const count = x.size(dim)
  if (count === 1) return [x.squeeze(dim)]
  const half = count >> 1
  const earlier = x.narrow(dim, 0, half)
  const later = x.narrow(dim, half, count - half)
  return [...steps(earlier, dim), ...steps(later, dim)]
}
