import { DeviceError, formatShape, ShapeError, sameShape } from '@deepdive/tensor'
import { checkTensor } from './check-tensor.ts'
import type { Tensor } from './tensor.ts'

/** Refuses a gradient that is not like its tensor, or not where that is. */
export function checkGrad({ shape, dtype, device }: Tensor, grad: unknown): void {
  checkTensor('grad', 'it', grad)
  if (!sameShape(grad.shape, shape) || grad.dtype !== dtype) {
    throw new ShapeError(
      `grad: a tensor of ${dtype} ${formatShape(shape)} cannot have a gradient of ` +
        `${grad.dtype} ${formatShape(grad.shape)}: give one like it, or null`,
    )
  }
  if (grad.device === device) return
  throw new DeviceError(
    `grad: a tensor on ${device.name} cannot have a gradient on ${grad.device.name}: ` +
      'move one of them by .to(device)',
  )
}
