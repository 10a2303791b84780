import {
  DeviceError,
  type DType,
  DTypeError,
  dtypeOfElements,
  type Storage,
  type TypedArray,
} from '@deepdive/tensor'
import { Ledger } from '../memory/ledger.ts'
import { outOfMemory } from '../memory/out-of-memory.ts'
import type { Commands } from './commands.ts'
import type { Health } from './health.ts'
import { GpuMemory } from './memory.ts'
import { BufferPool, type Loan } from './pool.ts'
import { mostBytes } from './usage.ts'

/** The memory of a device: making it, filling it from outside, and giving it back. */
export class Store {
  readonly #device: GPUDevice
  readonly #health: Health
  readonly #commands: Commands
  /** Buffers that are free. */
  readonly pool: BufferPool
  /** What is not. */
  readonly ledger: Ledger

  constructor(device: GPUDevice, health: Health, commands: Commands) {
    this.#device = device
    this.#health = health
    this.#commands = commands
    this.pool = new BufferPool(device, (bytes) => this.#noRoom(bytes))
    this.ledger = new Ledger(() => this.pool.bytes)
  }

  /** Whoever reads next hears of it; what waits in the pool makes room for the next. */
  #noRoom(bytes: number): void {
    this.#health.runOut(outOfMemory('webgpu', bytes, this.ledger))
    this.pool.trim(this.#commands.batch, 0)
  }

  allocate(dtype: DType, length: number): GpuMemory {
    this.#health.check()
    this.#checkDType(dtype)
    const memory = new GpuMemory(dtype, length, this.#takeBack)
    this.#checkSize(memory.bytes)
    this.ledger.list(memory.allocation, memory)
    return memory
  }

  upload(values: TypedArray): GpuMemory {
    const memory = this.allocate(dtypeOfElements(values), values.length)
    const loan = this.pool.lend(memory.bytes, this.#commands.batch)
    loan.fresh = false
    memory.value = undefined
    memory.allocation.loan = loan
    const words = values instanceof Uint8Array ? Uint32Array.from(values) : values
    this.#device.queue.writeBuffer(loan.buffer, 0, words as GPUAllowSharedBufferSource)
    return memory
  }

  /** Of what is freed already, nothing is left to do. */
  free({ memory }: Storage): void {
    if (memory instanceof GpuMemory) memory.allocation.free()
  }

  readonly #takeBack = (loan: Loan): void => {
    this.pool.take(loan)
    this.pool.trim(this.#commands.batch)
  }

  #checkDType(dtype: DType): void {
    if (dtype !== 'float16' || this.#device.features.has('shader-f16')) return
    throw new DTypeError(
      'webgpu: float16 needs an adapter that has shader-f16, and this one has not: use ' +
        'float32',
    )
  }

  #checkSize(bytes: number): void {
    const most = mostBytes(this.#device.limits)
    if (bytes <= most) return
    throw new DeviceError(
      `webgpu: a tensor of ${bytes} bytes is larger than this adapter lets a kernel ` +
        `see: ${most} (device.info.limits.maxTensorBytes): split it into several`,
    )
  }
}
