import type { Tensor } from '@deepdive/autograd'

/**
 * The gradient to descend: ∇f + λθ, which is that of f + λ/2 · Σ θ² (an L2 penalty), or
 * for `maximize` that of −f + λ/2 · Σ θ². It may be `grad` itself: do not overwrite it.
 */
export function decayedGradient(
  parameter: Tensor,
  grad: Tensor,
  options: { readonly weightDecay: number; readonly maximize: boolean },
): Tensor {
  const gradient = options.maximize ? grad.neg() : grad
  if (options.weightDecay === 0) return gradient
  return parameter.mul(options.weightDecay).add_(gradient)
}
