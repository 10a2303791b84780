import { formatShape, ShapeError } from '@deepdive/tensor'
import { noGrad } from './grad-mode.ts'
import type { Tensor } from './tensor.ts'
import { unbroadcast } from './unbroadcast.ts'

/**
 * The chain rule as a recursion, which is how the idea is best understood: a tensor
 * hands its gradient on to whatever it was made from, and a leaf keeps it.
 *
 * It gives the same gradients as `backward`, but it follows every path from the output
 * to a leaf by itself: a diamond (`y = x + x; z = y + y; …`) of depth 30 has 2³⁰ of
 * them, and a chain of 100,000 operations overflows the stack. It keeps no graph from
 * being used twice, runs no hooks, and cannot be differentiated in turn.
 *
 * @example
 * const x = tensor(3, { requiresGrad: true })
 * backwardByRecursion(x.mul(x))
 * x.grad // → tensor(6.)
 */
export function backwardByRecursion(output: Tensor): void {
  if (output.numel() !== 1) {
    throw new ShapeError(
      `backwardByRecursion: starts at a single number, not ${formatShape(output.shape)}`,
    )
  }
  noGrad(() => handOn(output, output.newZeros(output.shape).fill_(1)))
}

function handOn(tensor: Tensor, gradient: Tensor): void {
  if (!tensor.node) {
    tensor.grad = tensor.grad ? tensor.grad.add(gradient) : gradient
    return
  }
  const { op, inputs } = tensor.node
  const parts = op.gradient?.(gradient, tensor.node) ?? []
  inputs.forEach((input, n) => {
    const part = parts[n]
    if (!input.requiresGrad || part === null) return
    const value = typeof part === 'function' ? part() : part
    handOn(input, unbroadcast(value, input.shape))
  })
}
