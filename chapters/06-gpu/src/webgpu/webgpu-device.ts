import type {
  DeepDiveError,
  Device,
  DType,
  Kernels,
  Storage,
  TypedArray,
  View,
} from '@deepdive/tensor'
import type { Ledger } from '../memory/ledger.ts'
import { keepStorage, releaseStorage } from '../memory/owners.ts'
import type { Clock } from '../profile/clock.ts'
import { Commands } from './commands.ts'
import type { DeviceInfo } from './device-info.ts'
import { Health } from './health.ts'
import { infoOf } from './info.ts'
import { kernelsOf } from './kernels/table.ts'
import { verify } from './kernels/verify.ts'
import { memoryOf } from './memory.ts'
import { readBack } from './read-back.ts'
import { Recorder } from './recorder.ts'
import { Store } from './store.ts'
import { Timestamps } from './timestamps.ts'
import { Waiting } from './waiting.ts'

/** A graphics card, or what stands in for one, as WebGPU reaches it. */
export class WebGpuDevice implements Device {
  readonly name = 'webgpu'
  readonly info: DeviceInfo
  readonly kernels: Kernels
  readonly #device: GPUDevice
  readonly #health: Health
  readonly #commands: Commands
  readonly #recorder: Recorder
  readonly #store: Store

  constructor(device: GPUDevice) {
    this.info = infoOf(device)
    this.#device = device
    this.#health = new Health(device)
    this.#commands = new Commands(device)
    this.#store = new Store(device, this.#health, this.#commands)
    const { pool } = this.#store
    this.#recorder = new Recorder(device, this.#health, this.#commands, pool)
    this.kernels = kernelsOf(this.#recorder)
  }

  /** What there is in its memory. */
  get ledger(): Ledger {
    return this.#store.ledger
  }

  /** Whether nothing can be computed here any more. */
  get lost(): boolean {
    return this.#health.lost
  }

  allocate(dtype: DType, length: number): unknown {
    return this.#store.allocate(dtype, length)
  }

  upload(values: TypedArray): unknown {
    return this.#store.upload(values)
  }

  read(storage: Storage): Promise<TypedArray> {
    const memory = memoryOf('cpu', storage)
    return readBack(this.#device, this.#health, this.#commands, this.#recorder, memory)
  }

  free(storage: Storage): void {
    this.#store.free(storage)
  }

  verify(holds: View, error: () => DeepDiveError): void {
    verify(this.#recorder, holds, error)
  }

  keep(storage: Storage, by?: Storage): void {
    keepStorage(storage, by)
  }

  release(storage: Storage, by?: Storage): void {
    releaseStorage(storage, by)
  }

  /** Measures each operation until it is stopped; `layer` says who asks for it. */
  startClock(layer: () => string): Clock {
    const hasTimestamps = this.#device.features.has('timestamp-query')
    const Kind = hasTimestamps ? Timestamps : Waiting
    return new Kind(this.#device, this.#commands, this.#health, layer)
  }

  async synchronize(): Promise<void> {
    this.#health.check()
    this.#commands.submit()
    await this.#device.queue.onSubmittedWorkDone()
    this.#health.report()
  }

  /** Gives back all that it holds; whoever waits for elements hears that it is lost. */
  destroy(): void {
    this.#health.lose('it was destroyed')
    this.#device.destroy()
  }
}
