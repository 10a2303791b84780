import { cpu } from './cpu/cpu.ts'
import { describeValue } from './describe-value.ts'
import type { Device } from './device.ts'
import { DeviceError } from './errors.ts'

let current: Device = cpu

/**
 * The device on which new arrays are made.
 * @example getDefaultDevice().name // → cpu
 */
export function getDefaultDevice(): Device {
  return current
}

/**
 * Makes new arrays on `device` from now on.
 * @throws DeviceError where it is none.
 * @example
 * setDefaultDevice(cpu)
 * ones([2]).device.name // → cpu
 */
export function setDefaultDevice(device: Device): void {
  if (typeof device?.allocate !== 'function') {
    throw new DeviceError(
      `setDefaultDevice: ${describeValue(device)} is no device: use cpu, or one that a ` +
        'later chapter makes',
    )
  }
  current = device
}
