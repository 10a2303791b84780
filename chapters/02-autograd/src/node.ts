import type { Made, Op } from './op.ts'
import type { Tensor } from './tensor.ts'

let made = 0

/** How a tensor was made: the operation, and the tensors that it was applied to. */
export class Node implements Made {
  readonly op: Op
  readonly output: Tensor
  /** Counts up: whatever a tensor is made from was made before it. */
  readonly order = made++
  /** Where the operation was called, if anomaly mode is on. */
  readonly calledAt: string | undefined
  #inputs: readonly Tensor[] | null
  readonly #writes: number

  constructor(op: Op, inputs: readonly Tensor[], output: Tensor, calledAt?: string) {
    this.op = op
    this.output = output
    this.calledAt = calledAt
    this.#inputs = inputs
    this.#writes = this.#countWrites()
  }

  /** Whether a backward pass has used this node and let go of its inputs. */
  get dropped(): boolean {
    return this.#inputs === null
  }

  get inputs(): readonly Tensor[] {
    return this.#inputs ?? []
  }

  /** Lets go of the inputs, so that their memory can be used again. */
  drop(): void {
    this.#inputs = null
  }

  /** Whether an input or the output was overwritten since the operation ran. */
  get overwritten(): boolean {
    return this.#countWrites() !== this.#writes
  }

  #countWrites(): number {
    let writes = this.output.array.storage.version
    for (const input of this.inputs) writes += input.array.storage.version
    return writes
  }
}
