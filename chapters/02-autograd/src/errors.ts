import { DeepDiveError } from '@deepdive/tensor'

/**
 * A graph that cannot do what is asked: used up, overwritten, or not there at all.
 *
 * @example
 * const y = tensor(3, { requiresGrad: true }).square()
 * y.backward()
 * y.backward()
 * // throws GraphError: backward: the graph of this mul was used by an earlier
 */
export class GraphError extends DeepDiveError {
  override readonly name: string = 'GraphError'
}

/**
 * A NaN or Infinity, found by anomaly mode.
 *
 * @example
 * detectAnomaly(() => tensor(-1).sqrt())
 * // throws AnomalyError: sqrt: made 1 NaN from inputs
 */
export class AnomalyError extends DeepDiveError {
  override readonly name: string = 'AnomalyError'
}

/**
 * A gradient that differs from finite differences, found by gradcheck.
 *
 * @example
 * const wrong = defineOp({
 *   name: 'wrong',
 *   forward: (x) => x.square(),
 *   gradient: (grad, { inputs: [x] }) => [grad.mul(x)], // where 2x should be
 * })
 * gradcheck(wrong, [tensor([1, 2], { requiresGrad: true })])
 * // throws GradcheckError: gradcheck: element 0 of input 0 [2] has gradient
 */
export class GradcheckError extends DeepDiveError {
  override readonly name: string = 'GradcheckError'
}
