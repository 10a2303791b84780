import {
  checkSameDevice,
  isFloatingPoint,
  type NDArray,
  type View,
} from '@deepdive/tensor'
import { isGradEnabled } from './grad-mode.ts'
import './kernels.ts'
import type { Tensor } from './tensor.ts'

/** A fused kernel that reads arrays of one shape and fills another, the last. */
type Fused = (...views: View[]) => void

/**
 * What a fused kernel makes of arrays of one shape, whatever the axis along which it
 * works; null where the device has no such kernel, or the arrays have no fractions.
 */
export function alongAxis(
  kernel: Fused | undefined,
  dim: number,
  ...inputs: readonly NDArray[]
): NDArray | null {
  const [{ shape, ndim }] = inputs
  if (!kernel || ndim === 0 || !inputs.every(isFloat)) return null
  checkSameDevice('fused', ...inputs)
  const out = inputs[0].newEmpty(shape)
  const views = [...inputs, out]
  kernel(...(dim === ndim - 1 ? views : views.map((x) => x.movedim(dim, -1))))
  return out
}

function isFloat({ dtype }: NDArray): boolean {
  return isFloatingPoint(dtype)
}

/**
 * A gradient as a fused kernel finds it. A graph cannot see through a kernel: null
 * where the pass is recorded, for derivatives of higher order, so that the rule goes on
 * to compose what it means.
 *
 * @example
 * const twice = defineOp({
 *   name: 'twice',
 *   forward: (x) => x.mul(2),
 *   gradient: (grad) => [
 *     unrecorded(grad, () => grad.array.mul(2)) ?? grad.add(grad),
 *   ],
 * })
 * gradcheck(twice, [tensor([1, 2], { requiresGrad: true })]) // → true
 */
export function unrecorded(grad: Tensor, find: () => NDArray | null): Tensor | null {
  if (isGradEnabled()) return null
  const found = find()
  return found && grad.apply({ name: 'unrecorded', forward: () => found })
}
