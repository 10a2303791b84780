import { DeviceError } from '@deepdive/tensor'

/**
 * What WebGPU reports later: that a device was lost, that memory ran out, or that it
 * refuses what was asked. Whoever reads next hears of it; of a loss everyone does.
 */
export class Health {
  #loss: string | undefined
  #failure: DeviceError | undefined

  constructor(device: GPUDevice) {
    device.lost.then(({ message }) => this.lose(message))
    device.addEventListener('uncapturederror', ({ error }) => {
      this.fail(new DeviceError(`webgpu: ${error.message}`))
    })
  }

  lose(message: string): void {
    this.#loss ??= message || 'it is not known why'
  }

  /** Keeps the first of several failures: the others follow from it. */
  fail(error: DeviceError): void {
    this.#failure ??= error
  }

  /**
   * Memory that ran out is what all else follows from, though it may be heard of later.
   */
  runOut(error: DeviceError): void {
    this.#failure = error
  }

  get lost(): boolean {
    return this.#loss !== undefined
  }

  /** Refuses to go on with a device that is lost. */
  check(): void {
    if (this.#loss === undefined) return
    throw new DeviceError(
      `webgpu: the device is lost, and its tensors with it: ${this.#loss}: ` +
        "make a new one by await device('webgpu')",
    )
  }

  /** Throws what has failed since the last time. */
  report(): void {
    this.check()
    const failure = this.#failure
    this.#failure = undefined
    if (failure) throw failure
  }
}
