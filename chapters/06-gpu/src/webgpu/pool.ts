import { usage } from './usage.ts'

/** A buffer that the pool has lent. */
export interface Loan {
  readonly buffer: GPUBuffer
  readonly bytes: number
  /** Names the buffer: no other one ever has it. */
  readonly id: number
  /** Whether no kernel has written to it: WebGPU makes buffers of zeros. */
  fresh: boolean
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
  readonly #limit: number
  readonly #waiting = new Map<number, Loan[]>()
  #made = 0
  #idleBytes = 0

  constructor(device: GPUDevice, limit = 2 ** 29) {
    this.#device = device
    this.#limit = limit
  }

  /** What waits here, in bytes. */
  get bytes(): number {
    return this.#idleBytes
  }

  /** A buffer for `bytes`, at least; with `unless`, none that this batch has used. */
  lend(bytes: number, unless?: number): Loan {
    const room = roomFor(bytes)
    const waiting = this.#waiting.get(room) ?? []
    const place = waiting.findLastIndex(({ batch }) => batch !== unless)
    if (place < 0) return this.#make(room)
    this.#idleBytes -= room
    return waiting.splice(place, 1)[0]
  }

  #make(bytes: number): Loan {
    const { storage, copySource, copyTarget } = usage
    const buffer = this.#device.createBuffer({
      size: bytes,
      usage: storage | copySource | copyTarget,
    })
    return { buffer, bytes, id: this.#made++, fresh: true, batch: -1 }
  }

  take(loan: Loan): void {
    const waiting = this.#waiting.get(loan.bytes)
    if (waiting) waiting.push(loan)
    else this.#waiting.set(loan.bytes, [loan])
    this.#idleBytes += loan.bytes
  }

  /** Destroys what waits beyond the limit, save what `batch`, not yet submitted, uses. */
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
