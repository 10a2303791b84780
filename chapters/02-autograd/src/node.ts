import type { Made, Op } from './op.ts'
import type { Tensor } from './tensor.ts'

let made = 0

/**
 * How a tensor was made: the operation, and the tensors that it was applied to.
 *
 * @example
 * const x = tensor(3, { requiresGrad: true })
 * const { node } = x.mul(2)
 * node.op.name // → mul
 * node.inputs[0] === x // → true
 */
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

  /**
   * Whether a backward pass has used this node and let go of its inputs.
   *
   * @example
   * const y = tensor(3, { requiresGrad: true }).mul(2)
   * y.backward()
   * y.node.dropped // → true
   */
  get dropped(): boolean {
    return this.#inputs === null
  }

  /**
   * The tensors that the operation was applied to; none once they are let go of.
   *
   * @example
   * tensor(3, { requiresGrad: true }).mul(2).node.inputs
   * // → [tensor(3., requiresGrad=true), tensor(2.)]
   */
  get inputs(): readonly Tensor[] {
    return this.#inputs ?? []
  }

  /**
   * Lets go of the inputs, so that their memory can be used again.
   *
   * @example
   * const y = tensor(3, { requiresGrad: true }).mul(2)
   * y.node.drop()
   * y.backward() // throws GraphError: backward: the graph of this mul was used by
   */
  drop(): void {
    this.#inputs = null
  }

  /**
   * Whether an input or the output was overwritten since the operation ran.
   *
   * @example
   * const x = tensor(3, { requiresGrad: true })
   * const y = x.mul(x)
   * noGrad(() => x.fill_(4))
   * y.node.overwritten // → true
   */
  get overwritten(): boolean {
    return this.#countWrites() !== this.#writes
  }

  #countWrites(): number {
    let writes = this.output.array.storage.version
    for (const input of this.inputs) writes += input.array.storage.version
    return writes
  }
}
