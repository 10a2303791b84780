import { describeValue, ValueError } from '@deepdive/tensor'
import { Tensor } from './tensor.ts'

/**
 * Refuses what is no tensor, as plain JavaScript may pass it.
 *
 * @throws ValueError that names the operation, and what should have been a tensor.
 * @example
 * checkTensor('matmul', 'other', [1, 2])
 * // throws ValueError: matmul: other is a list, not a tensor: wrap it by tensor(…)
 */
export function checkTensor(
  op: string,
  name: string,
  value: unknown,
): asserts value is Tensor {
  if (value instanceof Tensor) return
  const wrappable = Array.isArray(value) || typeof value === 'number'
  throw new ValueError(
    `${op}: ${name} is ${describeValue(value)}, not a tensor` +
      (wrappable ? ': wrap it by tensor(…)' : ''),
  )
}
