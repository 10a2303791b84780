import { mostBytes, usage } from './usage.ts'

/** A buffer that the pool has lent. */
export interface Loan {
  readonly buffer: GPUBuffer
  readonly bytes: number
  /** Names the buffer: no other one ever has it. */
  readonly id: number
  /** Whether no kernel has written to it: WebGPU makes buffers of zeros. */
  fresh: boolean
  /** Whether it turned out that there was no room for it. */
  broken: boolean
  /** The last batch of commands that it is part of. */
  batch: number
}

const least = 256

/**
 * Making a buffer takes long, and a training step makes the same sizes again and again.
 * So what is freed waits here to be lent anew, up to a limit.
 */
export class BufferPool {
  readonly #device: GPUDevice
  readonly #noRoom: (bytes: number) => void
  readonly #limit: number
  /** As much as a kernel can see: no use in rounding up to more. */
  readonly #most: number
  readonly #waiting = new Map<number, Loan[]>()
  readonly #checks = new Set<Promise<void>>()
  #made = 0
  #idleBytes = 0

  /** `noRoom` hears, somewhat later, of a buffer for which the card has no room. */
  constructor(device: GPUDevice, noRoom: (bytes: number) => void, limit = 2 ** 29) {
    this.#device = device
    this.#noRoom = noRoom
    this.#limit = limit
    this.#most = mostBytes(device.limits)
  }

  /** What waits here, in bytes. */
  get bytes(): number {
    return this.#idleBytes
  }

  /** A buffer for `bytes`, at least; with `unless`, none that this batch has used. */
  lend(bytes: number, unless?: number): Loan {
    const room = Math.max(bytes, Math.min(roomFor(bytes), this.#most))
    const waiting = this.#waiting.get(room) ?? []
    const place = waiting.findLastIndex(
      ({ batch, broken }) => batch !== unless && !broken,
    )
    if (place < 0) return this.#make(room)
    this.#idleBytes -= room
    return waiting.splice(place, 1)[0]
  }

  #make(bytes: number): Loan {
    const { storage, copySource, copyTarget } = usage
    this.#device.pushErrorScope('out-of-memory')
    const buffer = this.#device.createBuffer({
      size: bytes,
      usage: storage | copySource | copyTarget,
    })
    const id = this.#made++
    const loan = { buffer, bytes, id, fresh: true, broken: false, batch: -1 }
    this.#check(loan, this.#device.popErrorScope())
    return loan
  }

  #check(loan: Loan, verdict: Promise<GPUError | null>): void {
    const heard = (error: GPUError | null) => {
      this.#checks.delete(check)
      if (!error) return
      loan.broken = true
      this.#noRoom(loan.bytes)
    }
    // Of a device that is lost, everyone hears in another way.
    const check = verdict.then(heard, () => heard(null))
    this.#checks.add(check)
  }

  /** Waits until it is known whether there was room for all that was lent. */
  async checked(): Promise<void> {
    await Promise.all(this.#checks)
  }

  take(loan: Loan): void {
    if (loan.broken) {
      loan.buffer.destroy()
      return
    }
    const waiting = this.#waiting.get(loan.bytes)
    if (waiting) waiting.push(loan)
    else this.#waiting.set(loan.bytes, [loan])
    this.#idleBytes += loan.bytes
  }

  /**
   * Destroys what waits beyond the limit, save what `batch`, not yet submitted, uses.
   */
  trim(batch: number, limit = this.#limit): void {
    for (const [bytes, waiting] of this.#waiting) {
      while (this.#idleBytes > limit && waiting.length > 0) {
        if (waiting[0].batch === batch) break
        waiting.shift()?.buffer.destroy()
        this.#idleBytes -= bytes
      }
    }
  }
}

/** Sizes rise by eighths of a power of two, so that many tensors share each. */
function roomFor(bytes: number): number {
  if (bytes <= least) return least
  const step = 2 ** Math.max(4, Math.ceil(Math.log2(bytes)) - 4)
  return Math.ceil(bytes / step) * step
}
