import { cpu } from './cpu/cpu.ts'
import { checkDevice, type Device } from './device.ts'

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
  current = checkDevice('setDefaultDevice', device)
}
