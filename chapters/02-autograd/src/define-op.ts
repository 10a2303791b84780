import { ValueError } from '@deepdive/tensor'
import type { Op } from './op.ts'
import type { Tensor } from './tensor.ts'

/**
 * A function on tensors from an operation of your own: how to compute it on arrays and
 * its gradient rule, on every device.
 *
 * @throws ValueError where the function is called without a tensor.
 * @example
 * const cube = defineOp({
 *   name: 'cube',
 *   forward: (x) => x.mul(x).mul(x),
 *   gradient: (grad, { inputs: [x] }) => [grad.mul(x).mul(x).mul(3)],
 * })
 * const x = tensor(2, { requiresGrad: true })
 * cube(x).backward()
 * x.grad // → tensor(12.)
 */
export function defineOp(op: Op): (...inputs: readonly Tensor[]) => Tensor {
  return (...inputs) => {
    const [first, ...others] = inputs
    if (!first) throw new ValueError(`${op.name}: needs at least one tensor`)
    return first.apply(op, ...others)
  }
}
