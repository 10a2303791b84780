import type { Pipelines } from './pipelines.ts'
import type { Loan } from './pool.ts'

/** Forgetting all at once is crude, and happens every few thousand groups. */
const limit = 4096

/**
 * The buffers that a kernel is bound to, as a group. A training step binds the same
 * groups again and again, since the pool lends it the same buffers.
 */
export class BindGroups {
  readonly #device: GPUDevice
  readonly #pipelines: Pipelines
  readonly #groups = new Map<string, GPUBindGroup>()

  constructor(device: GPUDevice, pipelines: Pipelines) {
    this.#device = device
    this.#pipelines = pipelines
  }

  of(accesses: string, loans: readonly Loan[]): GPUBindGroup {
    let name = accesses
    for (const { id } of loans) name += ` ${id}`
    const known = this.#groups.get(name)
    if (known) return known
    if (this.#groups.size >= limit) this.#groups.clear()
    const group = this.#device.createBindGroup({
      layout: this.#pipelines.layout(accesses),
      entries: loans.map(({ buffer }, binding) => ({ binding, resource: { buffer } })),
    })
    this.#groups.set(name, group)
    return group
  }
}
