import type { Clock, Run } from '../profile/clock.ts'
import type { Commands, Watcher } from './commands.ts'
import type { Health } from './health.ts'

/**
 * For a GPU without timestamps: each operation is submitted alone, and takes from the
 * end of the one before, or from its own submission, to the time at which its end is
 * heard of.
 */
export class Waiting implements Clock, Watcher {
  readonly kind = 'waiting'
  readonly #device: GPUDevice
  readonly #commands: Commands
  readonly #health: Health
  readonly #layer: () => string
  readonly #runs: Promise<Run & { readonly end: number }>[] = []
  readonly #start = performance.now()
  #operation = ''

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

  begin(operation: string): undefined {
    this.#operation = operation
  }

  end(): void {
    this.#commands.submit()
    const [operation, layer] = [this.#operation, this.#layer()]
    const submitted = performance.now() - this.#start
    const before = this.#runs.at(-1)
    const done = this.#device.queue.onSubmittedWorkDone().then(async () => {
      const end = performance.now() - this.#start
      const start = Math.max(submitted, (await before)?.end ?? 0)
      return { operation, layer, start, ms: Math.max(0, end - start), end }
    })
    this.#runs.push(done)
  }

  async stop(): Promise<Run[]> {
    this.#commands.watcher = undefined
    const runs = await Promise.all(this.#runs)
    this.#health.check()
    return runs
  }
}
