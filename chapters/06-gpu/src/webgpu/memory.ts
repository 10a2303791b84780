import { DeviceError, type DType, type Storage } from '@deepdive/tensor'
import type { Loan } from './pool.ts'

/** A bool takes as much as a number: WGSL has no smaller place in a buffer. */
const bytesEach = 4

/**
 * What a tensor on the GPU holds: elements in a buffer, or, while all of them are equal,
 * that one value and no buffer yet. So `zeros` and the 2 of `x.mul(2)` cost nothing.
 */
export class GpuMemory {
  readonly dtype: DType
  readonly length: number
  /** What all elements are, until a kernel has written something else. */
  value: number | undefined = 0
  /** Apart, so that the garbage collector's report of a lost memory can name it. */
  readonly holding: Holding
  freed = false

  constructor(dtype: DType, length: number) {
    this.dtype = dtype
    this.length = length
    this.holding = { bytes: length * bytesEach, loan: undefined }
  }

  get bytes(): number {
    return this.holding.bytes
  }
}

/** How much a memory takes, and the buffer that the pool has lent it, if any. */
export interface Holding {
  readonly bytes: number
  loan: Loan | undefined
}

/**
 * The memory behind a tensor on this device.
 * @throws DeviceError where it was freed.
 */
export function memoryOf(operation: string, { memory }: Storage): GpuMemory {
  if (!(memory instanceof GpuMemory)) {
    throw new DeviceError(`${operation}: this tensor is not on webgpu: use .to(device)`)
  }
  if (!memory.freed) return memory
  throw new DeviceError(
    `${operation}: this tensor was freed when its scope ended: return it or keep() it`,
  )
}

/** Hears of each memory that a device makes, and of each that is freed. */
export interface MemoryObserver {
  allocated?(memory: GpuMemory): void
  freed?(memory: GpuMemory): void
}

/** How many tensors a device holds, and how much they take. */
export class Ledger {
  readonly observers = new Set<MemoryObserver>()
  tensors = 0
  bytes = 0

  open(memory: GpuMemory): void {
    this.tensors++
    this.bytes += memory.bytes
    for (const observer of this.observers) observer.allocated?.(memory)
  }

  close({ bytes }: Holding): void {
    this.tensors--
    this.bytes -= bytes
  }
}
