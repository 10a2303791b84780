import type { NDArray } from '@deepdive/tensor'
import type { Tensor } from './tensor.ts'

/**
 * A differentiable operation: how to compute it on arrays, and beside that its
 * gradient, written with ordinary tensor operations, so that it can be differentiated
 * in turn.
 */
export interface Op {
  readonly name: string
  /** What it was told beside its inputs, such as an axis, for who reads a graph. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** y = f(inputs) */
  readonly forward: (...inputs: NDArray[]) => NDArray
  /**
   * What reaches each input: `grad · ∂y/∂input`. Absent where nothing can flow back,
   * as through a comparison. Rules never mention broadcasting: each gradient is summed
   * back to its input's shape afterwards (unbroadcast.ts).
   */
  readonly gradient?: GradientRule
}

/** From the gradient of the output to one for each input, null where there is none. */
export type GradientRule = (grad: Tensor, made: Made) => readonly Gradient[]

/**
 * The gradient for one input; as a function where it should be computed only if wanted.
 */
export type Gradient = Tensor | (() => Tensor) | null

/** What an operation was given, and what it made. */
export interface Made {
  readonly inputs: readonly Tensor[]
  readonly output: Tensor
}
