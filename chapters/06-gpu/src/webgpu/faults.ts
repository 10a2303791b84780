import { type DeepDiveError, IndexError, ValueError } from '@deepdive/tensor'
import { GpuMemory } from './memory.ts'
import type { Use } from './uses.ts'
import type { Binding } from './wgsl/kernel.ts'

/**
 * What can go wrong for a value that only the GPU knows. Its number in this list is
 * what a kernel notes, with the value and a limit.
 */
const kinds: readonly ((value: number, limit: number) => DeepDiveError)[] = [
  (value, extent) => outside('gather', value, extent),
  (value, extent) => outside('scatter', value, extent),
  (value, extent) => outside('scatterAdd', value, extent),
  (value) => noWholeResult('remainder', value),
  (value) => noWholeResult('pow', value),
  (label, classes) =>
    new IndexError(
      `crossEntropy: label ${label} is outside 0…${classes - 1}: the input has ` +
        `${classes} classes`,
    ),
]

/** The number of a fault, as a kernel writes it: `fault(0u, index, extent);`. */
export const faultOf = {
  gather: 0,
  scatter: 1,
  scatterAdd: 2,
  remainder: 3,
  pow: 4,
  crossEntropy: 5,
  /** Something that was to be verified; its number is the value. */
  claim: 6,
} as const

/** How a kernel binds the note: how many faults there were, and what the first was. */
export const faultBinding: Binding = {
  name: 'faults',
  type: 'atomic<u32>',
  access: 'read_write',
}

/** Kernels call `fault(kind, value, limit)`; the first call is kept. */
export const faultFunctions = {
  fault: `
fn fault(kind: u32, value: i32, limit: u32) {
  if (atomicAdd(&faults[0], 1u) == 0u) {
    atomicStore(&faults[1], kind);
    atomicStore(&faults[2], bitcast<u32>(value));
    atomicStore(&faults[3], limit);
  }
}`,
} as const

/** How many claims are remembered: a loop that never reads makes them without end. */
const remembered = 10_000

/** What is said of a claim that is remembered no more. */
function oldClaim(): ValueError {
  return new ValueError(
    `verify: something did not hold, more than ${remembered} checks ago, so that it is ` +
      'not known what: read more often, as by await loss.cpu()',
  )
}

/**
 * A kernel cannot throw. It notes what went wrong, and whoever reads from the device
 * next, which takes waiting anyway, gets the error.
 */
export class Faults {
  /** What kernels write to. */
  readonly memory = new GpuMemory('int32', 4)
  #possible = false
  /** What is to be verified, by the number that the kernel notes. */
  readonly #claims = new Map<number, () => DeepDiveError>()
  #claimed = 0

  /** For kernels that may fail. */
  use(): Use {
    this.#possible = true
    return { memory: this.memory, as: 'update' }
  }

  /** The number of a claim, for the kernel that verifies it. */
  claim(error: () => DeepDiveError): number {
    this.#claims.set(this.#claimed, error)
    this.#claims.delete(this.#claimed - remembered)
    return this.#claimed++
  }

  /** Whether a kernel may have failed that nobody has heard of. */
  get arePossible(): boolean {
    return this.#possible
  }

  /** What turns a note that is taken now into its error, if it is one. */
  take(): (note: Int32Array) => DeepDiveError | undefined {
    this.#possible = false
    const end = this.#claimed
    return ([count, kind, value, limit]) => {
      const claim = this.#claims.get(value)
      for (const n of this.#claims.keys()) if (n < end) this.#claims.delete(n)
      if (count === 0) return undefined
      if (kind === faultOf.claim) return claim?.() ?? oldClaim()
      return kinds[kind](value, limit)
    }
  }
}

function outside(op: string, index: number, extent: number): IndexError {
  return new IndexError(
    `${op}: index ${index} is outside an axis of size ${extent}: ` +
      (extent > 0 ? `use 0 to ${extent - 1}` : 'it has no elements'),
  )
}

function noWholeResult(op: string, value: number): ValueError {
  return new ValueError(
    `${op}: ${value} on the right has no int32 result: use .to('float32') on the left`,
  )
}
