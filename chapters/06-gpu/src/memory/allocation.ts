import { DeviceError, type DType, type Storage } from '@deepdive/tensor'
import { formatBytes } from './format-memory.ts'
import type { Frame } from './frame.ts'
import type { Ledger } from './ledger.ts'

/**
 * A stretch of a device's memory that is there until it is freed, and who holds it. The
 * `memory` of a Storage refers to it and not the other way round: so a frame or a
 * ledger, which know allocations, keep no tensor from being collected as garbage.
 */
export abstract class Allocation {
  readonly dtype: DType
  readonly length: number
  readonly bytes: number
  /** What lists it, from the time that its device has given it out. */
  ledger: Ledger | undefined
  /** The scope that frees it when it ends; none if no scope will. */
  frame: Frame | undefined
  /** Where it was made, if that is noted (see debugLeaks). */
  madeAt: string | undefined
  /** Whether `keep` was called for it. */
  kept = false
  freed = false
  #owners = 0
  #owned: Set<Allocation> | undefined

  constructor(dtype: DType, length: number, bytes: number) {
    this.dtype = dtype
    this.length = length
    this.bytes = bytes
  }

  /** Whether the end of a scope passes over it. */
  get isHeld(): boolean {
    return this.kept || this.#owners > 0
  }

  /** What lets go of its owner when this is freed, as a gradient of its tensor. */
  get owned(): Iterable<Allocation> {
    return this.#owned ?? []
  }

  addOwner(by?: Allocation): void {
    this.#owners++
    if (!by) return
    by.#owned ??= new Set()
    by.#owned.add(this)
  }

  removeOwner(by?: Allocation): void {
    if (this.#owners > 0) this.#owners--
    if (by) by.#owned?.delete(this)
  }

  /** Gives the memory back to the device. */
  protected abstract giveBack(): void

  /** Frees the memory, and with it what is there only for it, in the same scope. */
  free(): void {
    if (this.freed) return
    const { frame } = this
    this.close()
    for (const other of this.owned) {
      other.removeOwner()
      if (frame && other.frame === frame && !other.isHeld) other.free()
    }
  }

  /** Frees the memory, and nothing else. */
  close(): void {
    if (this.freed) return
    this.freed = true
    this.ledger?.strike(this)
    this.frame?.leave(this)
    this.giveBack()
  }

  /** As messages name it: `float32 × 256, 1.0 KB`. */
  describe(): string {
    return `${this.dtype} × ${this.length}, ${formatBytes(this.bytes)}`
  }
}

/** The allocation behind a storage, if its device has such. */
export function allocationOf({ memory }: Storage): Allocation | undefined {
  if (typeof memory !== 'object' || memory === null) return undefined
  if (!('allocation' in memory)) return undefined
  return memory.allocation instanceof Allocation ? memory.allocation : undefined
}

/**
 * Refuses memory that is not there any more.
 * @throws DeviceError which says how it could be.
 */
export function checkNotFreed(operation: string, allocation: Allocation): void {
  if (!allocation.freed) return
  const { madeAt } = allocation
  throw new DeviceError(
    `${operation}: a tensor (${allocation.describe()}) was freed, as its scope ended ` +
      'or by free(): return it from the scope, or keep() it' +
      (madeAt ? `\n  made at ${madeAt}` : ''),
  )
}
