import { checkDevice, type Device, getDefaultDevice } from '@deepdive/tensor'
import { formatBytes, formatHeld } from './format-memory.ts'
import { ledgerOf } from './ledger.ts'

/**
 * What the memory of a device holds, in bytes; null where the garbage collector sees to
 * it, and nobody counts.
 *
 * @example
 * `${memory(cpu)}`
 * // → cpu: its arrays belong to the garbage collector, which frees and counts them
 */
export class MemoryReport {
  /** The name of the device. */
  readonly device: string
  /** How many tensors there are; views of one memory count once. */
  readonly tensors: number | null
  /** What they hold. */
  readonly bytes: number | null
  /** What is free and waits to be used again. */
  readonly poolBytes: number | null

  constructor(device: Device) {
    const ledger = ledgerOf(device)
    this.device = device.name
    this.tensors = ledger?.live.size ?? null
    this.bytes = ledger?.bytes ?? null
    this.poolBytes = ledger?.poolBytes() ?? null
  }

  /**
   * The same in words.
   *
   * @example
   * memory(cpu).toString().startsWith('cpu: ') // → true
   */
  toString(): string {
    const { device, tensors, bytes, poolBytes } = this
    if (tensors === null || bytes === null || poolBytes === null) {
      return (
        `${device}: its arrays belong to the garbage collector, which frees and ` +
        'counts them'
      )
    }
    return (
      `${device}: ${formatHeld(tensors, bytes)}, and ` +
      `${formatBytes(poolBytes)} wait to be used again`
    )
  }

  /** What Node's console.log shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/**
 * How much memory tensors on a device hold, the default device if none is given. On a
 * device that frees by scopes a training loop should show the same after each step.
 *
 * @throws DeviceError where it is no device.
 * @example
 * memory(cpu).tensors // → null
 */
export function memory(device: Device = getDefaultDevice()): MemoryReport {
  return new MemoryReport(checkDevice('memory', device))
}
