import { callSite, type Device } from '@deepdive/tensor'
import type { Allocation } from './allocation.ts'
import { currentFrame } from './open-frames.ts'

/**
 * The allocations of one device that are there, oldest first. Each joins the scope that
 * is open when it is made. What no scope frees comes back when the garbage collector
 * has found that no tensor uses it: that is the safety net.
 */
export class Ledger {
  bytes = 0
  /** Whether to note where in the program each is made, which takes time. */
  notesPlaces = false
  readonly #live = new Set<Allocation>()
  readonly #collected = new FinalizationRegistry<Allocation>((allocation) => {
    allocation.close()
  })

  /** How much is free and waits to be used again, in bytes. */
  readonly poolBytes: () => number

  constructor(poolBytes: () => number = () => 0) {
    this.poolBytes = poolBytes
  }

  get live(): ReadonlySet<Allocation> {
    return this.#live
  }

  /** Lists an allocation; `memory` is what its Storage has. */
  list(allocation: Allocation, memory: object): void {
    allocation.ledger = this
    if (this.notesPlaces) allocation.madeAt = callSite()
    this.#live.add(allocation)
    this.bytes += allocation.bytes
    this.#collected.register(memory, allocation, allocation)
    currentFrame()?.take(allocation)
  }

  strike(allocation: Allocation): void {
    if (!this.#live.delete(allocation)) return
    this.bytes -= allocation.bytes
    this.#collected.unregister(allocation)
  }
}

/** The list of a device's allocations, if it keeps one. */
export function ledgerOf(device: Device): Ledger | undefined {
  if (!('ledger' in device)) return undefined
  return device.ledger instanceof Ledger ? device.ledger : undefined
}
