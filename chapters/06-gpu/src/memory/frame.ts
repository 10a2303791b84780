import type { Tensor } from '@deepdive/autograd'
import type { NDArray } from '@deepdive/tensor'
import { type Allocation, allocationOf } from './allocation.ts'
import { arrayOf, arraysIn, hasGraph } from './reach.ts'

/** What is made while a scope is open, to be freed when it ends. */
export class Frame {
  /** The frame around this one, where that is certain (see open-frames.ts). */
  readonly parent: Frame | undefined
  /**
   * Whether the function that opened it runs; has returned a promise just now, so that
   * all that still runs is another's; or waits for something, and may have gone on.
   */
  state: 'running' | 'away' | 'waiting' = 'running'
  readonly #made = new Set<Allocation>()
  /** What is to be there after its end, as if it were returned. */
  readonly #returned: unknown[] = []
  /** What outlives all frames, the graphs that it was made by included. */
  readonly #kept: (Tensor | NDArray)[] = []

  constructor(parent: Frame | undefined) {
    this.parent = parent
  }

  take(allocation: Allocation): void {
    allocation.frame?.leave(allocation)
    allocation.frame = this
    this.#made.add(allocation)
  }

  leave(allocation: Allocation): void {
    this.#made.delete(allocation)
    allocation.frame = undefined
  }

  return(value: unknown): void {
    this.#returned.push(value)
  }

  keep(values: Iterable<Tensor | NDArray>): void {
    this.#kept.push(...values)
  }

  /**
   * Frees what was made here, save what is returned, which the heir takes over, and
   * what is held, which may be let go of while the heir is open. A graph needs nearly
   * all that was made on the way, arrays inside its rules too: so with one, all of it
   * stays.
   */
  end(heir: Frame | undefined): void {
    const returned = arraysIn(this.#returned)
    const graphs = this.#kept.filter(hasGraph)
    heir?.keep(graphs)
    if (graphs.length > 0) this.#handOver(this.#made, undefined)
    else if ([...returned].some(hasGraph)) this.#handOver(this.#made, heir)
    else this.#handOver(this.#ownOf(returned), heir)
    for (const allocation of this.#made) if (!allocation.isHeld) allocation.free()
    this.#handOver(this.#made, heir)
  }

  #ownOf(values: Iterable<Tensor | NDArray>): Allocation[] {
    return [...values].flatMap((value) => {
      const allocation = allocationOf(arrayOf(value).storage)
      return allocation && this.#made.has(allocation) ? allocation : []
    })
  }

  #handOver(allocations: Iterable<Allocation>, heir: Frame | undefined): void {
    for (const allocation of allocations) {
      this.leave(allocation)
      heir?.take(allocation)
    }
  }
}
