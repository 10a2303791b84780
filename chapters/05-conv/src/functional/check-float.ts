import { checkTensor, type Tensor } from '@deepdive/autograd'
import { DTypeError, isFloatingPoint } from '@deepdive/tensor'

/**
 * Refuses what one cannot slide, average or normalize without fractions.
 *
 * @throws ValueError where a value is no tensor, DTypeError where it has no fractions.
 */
export function checkFloat(
  op: string,
  name: string,
  value: unknown,
): asserts value is Tensor {
  checkTensor(op, name, value)
  if (isFloatingPoint(value.dtype)) return
  throw new DTypeError(
    `${op}: ${name} must be float32, not ${value.dtype}: use .to('float32')`,
  )
}
