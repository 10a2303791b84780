import type { Device } from '@deepdive/tensor'
import type { Clock, Run } from './clock.ts'

/**
 * Measures the kernels of a device that computes at once: until the clock is stopped,
 * each stands in the table with a stop-watch around it. A kernel that calls another has
 * the time that it takes itself.
 */
export class KernelClock implements Clock {
  readonly kind = 'processor'
  readonly #device: Device
  readonly #layer: () => string
  readonly #kernels: [name: string, kernel: unknown][]
  readonly #runs: Run[] = []
  readonly #start = performance.now()
  /** The time of the kernels that the one which runs now has called. */
  #inside = 0

  constructor(device: Device, layer: () => string) {
    this.#device = device
    this.#layer = layer
    this.#kernels = Object.entries(device.kernels)
    for (const [name, kernel] of this.#kernels) {
      if (typeof kernel !== 'function') continue
      this.#put(name, (...given: unknown[]) => this.#measure(name, kernel, given))
    }
  }

  #put(name: string, kernel: unknown): void {
    Reflect.set(this.#device.kernels, name, kernel)
  }

  #measure(name: string, kernel: CallableFunction, given: unknown[]): unknown {
    const before = this.#inside
    this.#inside = 0
    const start = performance.now()
    try {
      return Reflect.apply(kernel, undefined, given)
    } finally {
      const ms = performance.now() - start
      this.#runs.push({
        operation: operationOf(name, given),
        layer: this.#layer(),
        start: start - this.#start,
        ms: ms - this.#inside,
      })
      this.#inside = before + ms
    }
  }

  async stop(): Promise<Run[]> {
    for (const [name, kernel] of this.#kernels) this.#put(name, kernel)
    return this.#runs
  }
}

/** `add` rather than `binary`, which computes many things. */
function operationOf(name: string, [first]: readonly unknown[]): string {
  return typeof first === 'string' && name !== 'random' ? first : name
}
