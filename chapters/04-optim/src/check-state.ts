import { Tensor } from '@deepdive/autograd'
import { DeviceError } from '@deepdive/tensor'
import type { ParamState } from './state-dict.ts'

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
