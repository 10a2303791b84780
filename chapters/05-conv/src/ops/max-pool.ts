import { spread, type Tensor } from '@deepdive/autograd'
import type { NDArray } from '@deepdive/tensor'
import '../kernels.ts'
import { type Window, windowCount } from '../window.ts'

/**
 * The largest element of each window, and where it stands, by the fused kernel of the
 * device; null where it has none for such a window. No window lies beside x.
 */
export function maxPoolInOnePass(
  op: string,
  x: Tensor,
  window: Window,
): [Tensor, Tensor] | null {
  const { maxPool } = x.device.kernels
  if (!maxPool || window.length > 2) return null
  const lead = x.ndim - window.length
  const counts = window.map((axis, n) => windowCount(op, axis, x.shape[lead + n]))
  const shape = [...x.shape.slice(0, lead), ...counts]
  const found = x.array.newEmpty(shape, 'int32')
  const values = x.apply({
    name: 'maxPool',
    settings: { window },
    forward: (x: NDArray) => {
      const y = x.newEmpty(shape)
      maxPool(x.contiguous(), window, y, found)
      return y
    },
    gradient: (grad) => [
      grad
        .flatten(lead)
        .apply(spread(lead, x.flatten(lead).shape), places.flatten(lead))
        .reshape(x.shape),
    ],
  })
  const places = x.apply({
    name: 'largestInWindows',
    settings: { window },
    forward: () => found,
  })
  return [values, places]
}
