import type { Tensor } from '@deepdive/autograd'
import { readParameters } from './read-parameters.ts'

/**
 * Σ |w| over all elements of all parameters, to be added to a loss: it draws each
 * weight towards 0 by the same amount, so that many end up there.
 *
 * Source: Tibshirani 1996, "Regression shrinkage and selection via the lasso".
 *
 * @throws ValueError where there are no parameters.
 * @example
 * const w = tensor([3, -4], { requiresGrad: true })
 * const penalty = l1Penalty([w])
 * penalty // → tensor(7., gradFn=<sum>)
 * penalty.mul(0.5).backward()
 * w.grad // → tensor([ 0.5000, -0.5000])
 */
export function l1Penalty(parameters: Tensor | Iterable<Tensor>): Tensor {
  return total('l1Penalty', parameters, (parameter) => parameter.abs().sum())
}

/**
 * Σ w² over all elements of all parameters, to be added to a loss: λ/2 times that draws
 * each weight towards 0 by λw, in proportion to itself.
 *
 * For SGD that is the option `weightDecay: λ`, which costs less. Under Adam it is not
 * what one wants: the pull λw goes through the moments like any gradient, and is
 * divided by their size, so that weights with large gradients hardly decay. AdamW
 * decays all alike (Loshchilov & Hutter 2019).
 *
 * Source: Hoerl & Kennard 1970, "Ridge regression".
 *
 * @throws ValueError where there are no parameters.
 * @example
 * const w = tensor([3, -4], { requiresGrad: true })
 * const penalty = l2Penalty([w])
 * penalty // → tensor(25., gradFn=<sum>)
 * penalty.mul(0.1 / 2).backward()
 * w.grad // → tensor([ 0.3000, -0.4000])
 */
export function l2Penalty(parameters: Tensor | Iterable<Tensor>): Tensor {
  return total('l2Penalty', parameters, (parameter) => parameter.square().sum())
}

function total(
  name: string,
  parameters: Tensor | Iterable<Tensor>,
  penalty: (parameter: Tensor) => Tensor,
): Tensor {
  const penalties = readParameters(name, parameters).map((one) => penalty(one))
  return penalties.reduce((sum, one) => sum.add(one))
}
