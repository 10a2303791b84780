import { grad as gradientsOf } from './backward.ts'
import type { Op } from './op.ts'
import type { Tensor } from './tensor.ts'

/** y = x, as a tensor of its own: one that is there twice gets two gradients. */
const alias: Op = {
  name: 'alias',
  forward: (x) => x,
  gradient: (grad) => [grad],
}

/**
 * What reaches the inputs of an operation that a fused kernel did, as the rules of those
 * operations give it that compose the same: for passes that are recorded, since no graph
 * sees through a kernel. Null for inputs that require no gradient.
 *
 * @example
 * const x = tensor(3, { requiresGrad: true })
 * const [slope] = composedGradients((x) => x.mul(x), [x], tensor(1))
 * slope // → tensor(6., gradFn=<add>)
 */
export function composedGradients(
  compose: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  grad: Tensor,
): (Tensor | null)[] {
  const aliases = inputs.map((input) => input.apply(alias))
  const wanted = aliases.filter(({ requiresGrad }) => requiresGrad)
  const options = { gradOutputs: [grad], createGraph: true }
  const found = gradientsOf(compose(...aliases), wanted, options)
  return aliases.map((input) => found[wanted.indexOf(input)] ?? null)
}
