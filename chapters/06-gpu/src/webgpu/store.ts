import {
  DeviceError,
  type DType,
  dtypeOfElements,
  type Storage,
  type TypedArray,
} from '@deepdive/tensor'
import { Ledger } from '../memory/ledger.ts'
import type { Commands } from './commands.ts'
import type { Health } from './health.ts'
import { GpuMemory, memoryOf } from './memory.ts'
import type { BufferPool, Loan } from './pool.ts'

/** The memory of a device: making it, filling it from outside, and giving it back. */
export class Store {
  readonly ledger = new Ledger()
  readonly #device: GPUDevice
  readonly #health: Health
  readonly #commands: Commands
  readonly #pool: BufferPool
  constructor(device: GPUDevice, health: Health, commands: Commands, pool: BufferPool) {
    this.#device = device
    this.#health = health
    this.#commands = commands
    this.#pool = pool
  }

  allocate(dtype: DType, length: number): GpuMemory {
    this.#health.check()
    const memory = new GpuMemory(dtype, length, this.#takeBack)
    this.#checkSize(memory.bytes)
    this.ledger.list(memory.allocation, memory)
    return memory
  }

  upload(values: TypedArray): GpuMemory {
    const memory = this.allocate(dtypeOfElements(values), values.length)
    const loan = this.#pool.lend(memory.bytes, this.#commands.batch)
    loan.fresh = false
    memory.value = undefined
    memory.allocation.loan = loan
    const words = values instanceof Uint8Array ? Uint32Array.from(values) : values
    this.#device.queue.writeBuffer(loan.buffer, 0, words as GPUAllowSharedBufferSource)
    return memory
  }

  free(storage: Storage): void {
    memoryOf('free', storage).allocation.free()
  }

  readonly #takeBack = (loan: Loan): void => {
    this.#pool.take(loan)
    this.#pool.trim(this.#commands.batch)
  }

  #checkSize(bytes: number): void {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.#device.limits
    const most = Math.min(maxStorageBufferBindingSize, maxBufferSize)
    if (bytes <= most) return
    throw new DeviceError(
      `webgpu: a tensor of ${bytes} bytes is larger than this adapter lets a kernel ` +
        `see: ${most} (maxStorageBufferBindingSize): split it into several`,
    )
  }
}
