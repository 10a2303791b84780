import { seedOf } from './backward.ts'
import { noGrad } from './grad-mode.ts'
import { checkUsable } from './propagate.ts'
import type { Tensor } from './tensor.ts'
import { unbroadcast } from './unbroadcast.ts'

/**
 * The chain rule as a recursion, which is how the idea is best understood: a tensor
 * hands its gradient on to whatever it was made from, and a leaf keeps it.
 *
 * It gives the same gradients as `backward`, but it follows every path from the output
 * to a leaf by itself: a diamond (`y = x + x; z = y + y; …`) of depth 30 has 2³⁰ of
 * them, and a chain of 100,000 operations overflows the stack. It runs no hooks, cannot
 * be differentiated in turn, and may give two leaves one gradient in the same memory.
 *
 * @throws ShapeError where `output` is not a single number.
 * @throws GraphError where the graph was dropped by `backward`.
 * @example
 * const x = tensor(3, { requiresGrad: true })
 * backwardByRecursion(x.mul(x))
 * x.grad // → tensor(6.)
 */
export function backwardByRecursion(output: Tensor): void {
  const seed = seedOf('backwardByRecursion', output)
  noGrad(() => handOn(output, seed))
}

function handOn(tensor: Tensor, gradient: Tensor): void {
  if (!tensor.node) {
    tensor.grad = tensor.grad ? tensor.grad.add(gradient) : gradient
    return
  }
  checkUsable(tensor.node)
  const { op, inputs } = tensor.node
  const parts = op.gradient?.(gradient, tensor.node) ?? []
  inputs.forEach((input, n) => {
    const part = parts[n]
    if (!input.requiresGrad || !part) return
    const value = typeof part === 'function' ? part() : part
    handOn(input, unbroadcast(value, input.shape))
  })
}
