import type { Clock, Run } from '../profile/clock.ts'
import type { Commands, Watcher } from './commands.ts'
import type { Health } from './health.ts'
import { mapForReading, usage } from './usage.ts'

/** How many timestamps a set holds, at most. */
const setSize = 4096
/** A timestamp is a 64-bit number of nanoseconds. */
const bytesEach = 8

/** What is known of a run when it is recorded. */
interface Recorded {
  readonly operation: string
  readonly layer: string
}

/** The GPU notes when each operation begins and ends, in sets of timestamps. */
export class Timestamps implements Clock, Watcher {
  readonly kind = 'timestamps'
  readonly #device: GPUDevice
  readonly #commands: Commands
  readonly #health: Health
  readonly #layer: () => string
  readonly #sets: GPUQuerySet[] = []
  readonly #recorded: Recorded[] = []

  constructor(
    device: GPUDevice,
    commands: Commands,
    health: Health,
    layer: () => string,
  ) {
    this.#device = device
    this.#commands = commands
    this.#health = health
    this.#layer = layer
    commands.watcher = this
  }

  begin(operation: string): GPUComputePassDescriptor {
    const place = (2 * this.#recorded.length) % setSize
    if (place === 0) {
      this.#sets.push(
        this.#device.createQuerySet({ type: 'timestamp', count: setSize }),
      )
    }
    this.#recorded.push({ operation, layer: this.#layer() })
    return {
      timestampWrites: {
        querySet: this.#sets[this.#sets.length - 1],
        beginningOfPassWriteIndex: place,
        endOfPassWriteIndex: place + 1,
      },
    }
  }

  end(): void {}

  async stop(): Promise<Run[]> {
    this.#commands.watcher = undefined
    const reads = this.#sets.map((set, n) => {
      const left = 2 * this.#recorded.length - n * setSize
      return this.#read(set, Math.min(setSize, left))
    })
    const times = (await Promise.all(reads)).flatMap((set) => [...set])
    return this.#recorded.map((recorded, n) => ({
      ...recorded,
      start: milliseconds(times[0], times[2 * n]),
      ms: milliseconds(times[2 * n], times[2 * n + 1]),
    }))
  }

  async #read(set: GPUQuerySet, count: number): Promise<BigUint64Array> {
    const size = count * bytesEach
    const make = (use: number) => this.#device.createBuffer({ size, usage: use })
    const resolved = make(usage.queryResolve | usage.copySource)
    const staging = make(usage.mapRead | usage.copyTarget)
    this.#commands.encode((encoder) => {
      encoder.resolveQuerySet(set, 0, count, resolved, 0)
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, size)
    })
    this.#commands.submit()
    const mapped = staging.mapAsync(mapForReading)
    await Promise.allSettled([mapped])
    this.#health.check()
    await mapped
    const times = new BigUint64Array(staging.getMappedRange().slice(0))
    for (const used of [resolved, staging, set]) used.destroy()
    return times
  }
}

/** Clocks of GPUs may step back, and are rounded in browsers. */
function milliseconds(from: bigint, to: bigint): number {
  return Math.max(0, Number(to - from) / 1e6)
}
