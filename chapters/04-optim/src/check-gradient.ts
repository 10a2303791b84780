import { checkTensor, Tensor } from '@deepdive/autograd'
import {
  DeviceError,
  DTypeError,
  formatShape,
  ShapeError,
  sameShape,
} from '@deepdive/tensor'
import type { ParamState } from './state-dict.ts'

/** Refuses a gradient that is not like its parameter, or not where that is. */
export function checkGradient(owner: string, parameter: Tensor, grad: unknown): void {
  checkTensor(owner, 'grad', grad)
  const { shape, dtype, device } = parameter
  if (!sameShape(grad.shape, shape)) {
    throw new ShapeError(
      `${owner}: a parameter is ${formatShape(shape)}, but its gradient ` +
        `${formatShape(grad.shape)}`,
    )
  }
  if (grad.dtype !== dtype) {
    throw new DTypeError(
      `${owner}: a parameter is ${dtype}, but its gradient ${grad.dtype}`,
    )
  }
  if (grad.device === device) return
  throw new DeviceError(
    `${owner}: a parameter is on ${device.name}, but its gradient on ` +
      `${grad.device.name}: move one of them by .to(device)`,
  )
}

/** A model that moves takes its gradients along, but not what optimizers remember. */
export function checkState(
  owner: string,
  { device }: Tensor,
  state: Readonly<ParamState>,
): void {
  for (const value of Object.values(state)) {
    if (!(value instanceof Tensor) || value.device === device) continue
    throw new DeviceError(
      `${owner}: a parameter is on ${device.name}, but what is remembered of it on ` +
        `${value.device.name}: make the optimizer after moving the model`,
    )
  }
}
