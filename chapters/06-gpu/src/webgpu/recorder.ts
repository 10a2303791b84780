import { type Device, type DType, Storage } from '@deepdive/tensor'
import { BindGroups } from './bind-groups.ts'
import type { Commands } from './commands.ts'
import { Faults } from './faults.ts'
import type { Health } from './health.ts'
import { fillMemory } from './kernels/fill.ts'
import { GpuMemory, memoryOf } from './memory.ts'
import { Pipelines } from './pipelines.ts'
import type { BufferPool, Loan } from './pool.ts'
import type { Use } from './uses.ts'

/** What is to be computed: a program, and all that it needs. */
export interface Work {
  /** The name of the operation, for errors and for `profile`. */
  readonly operation: string
  /** Names the program: all on which its source depends. */
  readonly program: string
  /** Writes the program, in WGSL, the first time that it is met. */
  readonly source: () => string
  /** What is bound, in the order of the bindings in the source. */
  readonly uses: readonly Use[]
  /** The parameters in the order of the source's struct; a float32 by its bits. */
  readonly words: readonly number[]
  readonly groups: number
}

/** Turns work into commands: finds the program, and buffers for the memories. */
export class Recorder {
  readonly limits: GPUSupportedLimits
  readonly faults = new Faults()
  readonly #health: Health
  readonly #commands: Commands
  readonly #pool: BufferPool
  readonly #pipelines: Pipelines
  readonly #bindGroups: BindGroups

  constructor(device: GPUDevice, health: Health, commands: Commands, pool: BufferPool) {
    this.limits = device.limits
    this.#health = health
    this.#commands = commands
    this.#pool = pool
    this.#pipelines = new Pipelines(device, commands.parameterLayout)
    this.#bindGroups = new BindGroups(device, this.#pipelines)
  }

  run({ operation, program, source, uses, words, groups }: Work): void {
    this.#health.check()
    if (groups === 0) return
    for (const { memory, as } of uses) if (as !== 'overwrite') this.settle(memory)
    this.#commands.reserve(words)
    const accesses = uses.map(({ as }) => (as === 'read' ? 'r' : 'w')).join('')
    const loans = uses.map((use) => this.#bind(use))
    this.#commands.dispatch({
      operation,
      pipeline: this.#pipelines.named(program, accesses, source),
      memories: this.#bindGroups.of(accesses, loans),
      words,
      groups,
    })
  }

  /** Waits until it is known whether there was room for all memory. */
  checked(): Promise<void> {
    return this.#pool.checked()
  }

  /** Memory for a kernel's own use, of no known content, until it is released. */
  scratch(device: Device, dtype: DType, length: number): Storage {
    const memory = new GpuMemory(dtype, length, (loan) => this.#pool.take(loan))
    memory.value = undefined
    return new Storage(device, dtype, length, memory)
  }

  /** Whatever is recorded later may use the memory. */
  release(storage: Storage): void {
    memoryOf('release', storage).allocation.free()
  }

  /** Sees to it that a memory's elements stand in a buffer, which it returns. */
  settle(memory: GpuMemory): Loan {
    const { value } = memory
    const loan = this.#loanOf(memory)
    if (value === undefined) return loan
    memory.value = undefined
    if (!(loan.fresh && Object.is(value, 0))) fillMemory(this, value, memory)
    return loan
  }

  #bind({ memory, as }: Use): Loan {
    const loan = this.#loanOf(memory)
    loan.batch = this.#commands.batch
    if (as !== 'read') loan.fresh = false
    memory.value = undefined
    return loan
  }

  #loanOf({ allocation }: GpuMemory): Loan {
    allocation.loan ??= this.#pool.lend(allocation.bytes)
    return allocation.loan
  }
}
