import type { Op, Tensor } from '@deepdive/autograd'
import {
  formatShape,
  isFloatingPoint,
  type NDArray,
  type Shape,
  ShapeError,
  sameShape,
  sizeOf,
} from '@deepdive/tensor'
import '../kernels.ts'
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
  const others = bias ? [weight, bias] : [weight]
  if (areRows(x, weight, bias)) return x.apply(linearRows, ...others)
  const product = x.matmul(weight.t())
  return bias ? product.add(bias) : product
}

/** Whether dtypes, devices and sizes fit, so that nothing stretches or is refused. */
function areRows(x: Tensor, weight: Tensor, bias: Tensor | null): boolean {
  const all = bias ? [x, weight, bias] : [x, weight]
  const fits = x.ndim > 0 && weight.ndim === 2 && x.size(-1) === weight.size(1)
  return (
    fits &&
    isFloatingPoint(x.dtype) &&
    all.every(({ dtype, device }) => dtype === x.dtype && device === x.device) &&
    (bias === null || sameShape(bias.shape, [weight.size(0)]))
  )
}

/**
 * Whatever leads to the last axis of x, its rows make one matrix, and so do those of
 * grad: ∂x = grad · W, ∂W = gradᵀ · x, ∂b = Σ grad.
 */
const linearRows: Op = {
  name: 'linear',
  forward: (x, weight, bias?: NDArray) => {
    const matrix = x.reshape(rowsOf(x.shape))
    const out = multiplied(matrix, weight, bias)
    return out.reshape([...x.shape.slice(0, -1), weight.size(0)])
  },
  gradient: (grad, { inputs: [x, weight, bias] }) => {
    const rows = grad.reshape(rowsOf(grad.shape))
    return [
      () => rows.matmul(weight).reshape(x.shape),
      () => rows.t().matmul(x.reshape(rowsOf(x.shape))),
      ...(bias ? [() => rows.sum(0)] : []),
    ]
  },
}

function multiplied(x: NDArray, weight: NDArray, bias: NDArray | undefined): NDArray {
  const { linear } = x.device.kernels
  if (!bias) return x.matmul(weight.t())
  if (!linear) return x.matmul(weight.t()).binary_('add', bias)
  const out = x.newEmpty([x.size(0), weight.size(0)])
  linear(x, weight, bias, out)
  return out
}

/** [..., n] as [rows, n] */
function rowsOf(shape: Shape): Shape {
  return [sizeOf(shape.slice(0, -1)), shape[shape.length - 1]]
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
