import { type Dims, type ReduceOp, reducedAxes, type Shape } from '@deepdive/tensor'
import type { Op } from '../op.ts'
import type { Tensor } from '../tensor.ts'

/** y = Σ x over `dims`: every summand receives the gradient of the sum. */
export const sum = (dims: Dims, keepdim: boolean): Op => ({
  name: 'sum',
  settings: { dims, keepdim },
  forward: (x) => x.reduce('sum', dims, keepdim),
  gradient: (grad, { inputs: [x] }) => [stretch(grad, x.shape, dims)],
})

/** y = the largest or smallest x over `dims`; equal ones share the gradient. */
export const extreme = (op: 'max' | 'min', dims: Dims, keepdim: boolean): Op => ({
  name: `a${op}`,
  settings: { dims, keepdim },
  forward: (x) => x.reduce(op, dims, keepdim),
  gradient: (grad, { inputs: [x], output }) => {
    const hit = x.eq(stretch(output, x.shape, dims)).to(x.dtype)
    const share = hit.div(hit.sum(dims, { keepdim: true }))
    return [stretch(grad, x.shape, dims).mul(share)]
  },
})

/** Whether any or all of x are not 0: an answer without a slope. */
export const question = (op: ReduceOp, dims: Dims, keepdim: boolean): Op => ({
  name: op,
  settings: { dims, keepdim },
  forward: (x) => x.reduce(op, dims, keepdim),
})

/** A reduced tensor at the shape that it was reduced from. */
function stretch(y: Tensor, shape: Shape, dims: Dims): Tensor {
  const axes = reducedAxes('reduce', dims, shape.length)
  const kept = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  return y.reshape(kept).expand(shape)
}

/**
 * y = Σ up to each place, so that an element counts in all sums from its own place on.
 */
export const cumsum = (dim: number): Op => ({
  name: 'cumsum',
  settings: { dim },
  forward: (x) => x.cumsum(dim),
  gradient: (grad) => [grad.ndim === 0 ? grad : grad.flip(dim).cumsum(dim).flip(dim)],
})

/**
 * Π x over the last axis as a tree of products, so that no rule has to divide by an
 * element, which may be 0: x₀x₁ · x₂x₃ · …
 */
export function productTree(x: Tensor): Tensor {
  const count = x.shape[x.ndim - 1]
  if (count === 1) return x.squeeze(-1)
  if (count === 0) return x.sum(-1).add(1)
  const half = count >> 1
  const pairs = x.narrow(-1, 0, half).mul(x.narrow(-1, half, half))
  const product = productTree(pairs)
  return count % 2 === 0 ? product : product.mul(x.select(-1, count - 1))
}
