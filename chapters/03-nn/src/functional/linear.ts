import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError, sameShape } from '@deepdive/tensor'
import { checkOptional, checkTensors } from './check-tensors.ts'

/**
 * y = x · Wᵀ + b: x is [..., in], W is [out, in], b is [out], y is [..., out].
 *
 * @throws ShapeError where the inner sizes differ.
 * @example
 * functional.linear(tensor([1, 2]), tensor([[1, 1]]), tensor([10])) // → tensor([13.])
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  checkTensors('linear', { input: x, weight })
  checkOptional('linear', { bias })
  const product = x.matmul(weight.t())
  return bias ? product.add(bias) : product
}

/**
 * yₖ = Σᵢⱼ x1ᵢ · Wₖᵢⱼ · x2ⱼ + bₖ: x1 is [..., in1], x2 is [..., in2], W is
 * [out, in1, in2], b is [out], y is [..., out]. It is a linear function of all products
 * of an x1ᵢ and an x2ⱼ.
 *
 * @throws ShapeError where sizes differ.
 * @example
 * const weight = ones([1, 2, 2])
 * functional.bilinear(tensor([1, 2]), tensor([10, 20]), weight) // → tensor([90.])
 */
export function bilinear(
  x1: Tensor,
  x2: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
): Tensor {
  checkTensors('bilinear', { input1: x1, input2: x2, weight })
  checkOptional('bilinear', { bias })
  const [, in1, in2] = weight.shape
  const lead = x1.shape.slice(0, -1)
  const fits =
    sameShape(x1.shape, [...lead, in1]) && sameShape(x2.shape, [...lead, in2])
  if (weight.ndim !== 3 || !fits) {
    throw new ShapeError(
      `bilinear: ${formatShape(x1.shape)} and ${formatShape(x2.shape)} do not fit a ` +
        `weight of ${formatShape(weight.shape)}: they must be [..., ${in1}] and ` +
        `[..., ${in2}], and alike before that`,
    )
  }
  const products = x1.unsqueeze(-1).mul(x2.unsqueeze(-2)).flatten(-2)
  return linear(products, weight.flatten(1), bias)
}
