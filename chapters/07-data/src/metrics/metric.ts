import type { Tensor } from '@deepdive/autograd'

/**
 * How good a model is, over many batches: update it with the outputs and the targets of
 * each, then compute. `fit` takes any object like this.
 */
export interface Metric<Value = number> {
  /** '%' for a share of 1, to be shown in per cent. */
  readonly unit?: '%'
  /** Takes in one batch; it does not wait for the device. */
  update(output: Tensor, target: Tensor): void
  /** What all batches since the last reset say together. */
  compute(): Promise<Value>
  /** Forgets all batches. */
  reset(): void
}
