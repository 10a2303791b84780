import type { Tensor } from '@deepdive/autograd'

/**
 * y = x · Wᵀ + b: x is [..., in], W is [out, in], b is [out], y is [..., out].
 *
 * @throws ShapeError where the inner sizes differ.
 * @example
 * functional.linear(tensor([1, 2]), tensor([[1, 1]]), tensor([10])) // → tensor([13.])
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  const product = x.matmul(weight.t())
  return bias ? product.add(bias) : product
}
