import {
  checkDevice,
  type Device,
  formatTable,
  getDefaultDevice,
} from '@deepdive/tensor'
import { formatBytes } from './format-memory.ts'
import { ledgerOf } from './ledger.ts'
import { type Place, placesOf } from './places.ts'
import { memory } from './report.ts'

/** How many places are printed. */
const shown = 20

/**
 * What is there in a device's memory, and where in the program it was made, the oldest
 * first.
 *
 * @example
 * new LeakReport(cpu).places // → []
 */
export class LeakReport {
  readonly places: readonly Place[]
  readonly #title: string

  constructor(device: Device) {
    this.places = placesOf(ledgerOf(device)?.live ?? [])
    this.#title = memory(device).toString()
  }

  /**
   * A line for each place, as a table.
   *
   * @example
   * `${new LeakReport(cpu)}`
   * // → cpu: its arrays belong to the garbage collector, which frees and counts them
   */
  toString(): string {
    if (this.places.length === 0) return this.#title
    const header = ['tensors', 'memory', 'freed by', 'made at']
    const rows = this.places
      .slice(0, shown)
      .map(({ tensors, bytes, freedBy, madeAt = 'before this was noted' }) => {
        return [String(tensors), formatBytes(bytes), freedBy, madeAt]
      })
    const table = formatTable(header, rows, { right: [0, 1] })
    const more = this.places.length - shown
    const end = more > 0 ? `\n… and ${more} more places` : ''
    return `${this.#title}\n${table}${end}`
  }

  /** What Node's console.log shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

export interface DebugLeaksOptions {
  /** Whether to go on noting where tensors are made. Default: true. */
  readonly note?: boolean
}

/**
 * Tells what there is in a device's memory and where it was made, the oldest first, to
 * find what a program forgets to free. Places are noted from the first call on, which
 * slows everything down: call it once before the loop that leaks, and again after some
 * steps.
 *
 * @throws DeviceError where it is no device.
 * @example
 * debugLeaks(cpu).places // → []
 */
export function debugLeaks(
  device: Device = getDefaultDevice(),
  { note = true }: DebugLeaksOptions = {},
): LeakReport {
  const ledger = ledgerOf(checkDevice('debugLeaks', device))
  if (ledger) ledger.notesPlaces = note
  return new LeakReport(device)
}
