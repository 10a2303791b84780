import { cpu } from './cpu/cpu.ts'
import type { Device } from './device.ts'

let current: Device = cpu

/** The device on which new arrays are made. */
export function getDefaultDevice(): Device {
  return current
}

/** Makes new arrays on `device` from now on. */
export function setDefaultDevice(device: Device): void {
  current = device
}
