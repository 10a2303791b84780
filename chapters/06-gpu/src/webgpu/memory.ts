import { DeviceError, type DType, type Storage } from '@deepdive/tensor'
import { Allocation, checkNotFreed } from '../memory/allocation.ts'
import type { Loan } from './pool.ts'

/** A bool takes as much as a number: WGSL has no smaller place for whole ones. */
const bytesEach: Record<DType, number> = { float32: 4, float16: 2, int32: 4, bool: 4 }

/** How much a memory takes, and the buffer that the pool has lent it, if any. */
export class Holding extends Allocation {
  loan: Loan | undefined
  readonly #takeBack: (loan: Loan) => void

  constructor(dtype: DType, length: number, takeBack: (loan: Loan) => void) {
    super(dtype, length, length * bytesEach[dtype])
    this.#takeBack = takeBack
  }

  protected giveBack(): void {
    if (this.loan) this.#takeBack(this.loan)
    this.loan = undefined
  }
}

/**
 * What a tensor on the GPU holds: elements in a buffer, or, while all of them are
 * equal, that one value and no buffer yet. So `zeros` and the 2 of `x.mul(2)` cost
 * nothing.
 */
export class GpuMemory {
  readonly dtype: DType
  readonly length: number
  /** What all elements are, until a kernel has written something else. */
  value: number | undefined = 0
  readonly allocation: Holding

  constructor(dtype: DType, length: number, takeBack: (loan: Loan) => void = () => {}) {
    this.dtype = dtype
    this.length = length
    this.allocation = new Holding(dtype, length, takeBack)
  }

  get bytes(): number {
    return this.allocation.bytes
  }
}

/**
 * The memory behind a tensor on this device.
 * @throws DeviceError where it was freed.
 */
export function memoryOf(operation: string, { memory }: Storage): GpuMemory {
  if (!(memory instanceof GpuMemory)) {
    throw new DeviceError(`${operation}: this tensor is not on webgpu: use .to(device)`)
  }
  checkNotFreed(operation, memory.allocation)
  return memory
}
