import type { View } from '@deepdive/tensor'

declare module '@deepdive/tensor' {
  /**
   * Fused kernels, as chapter 2 has them: each does in one pass what its operation
   * composes of several. All numbers are float32 but labels, which are int32.
   */
  interface Kernels {
    /** out = x · Wᵀ + b: x is [n, in], W [out, in], b [out], out [n, out]. */
    linear?(x: View, weight: View, bias: View, out: View): void
    /**
     * Mean and variance over the last axes of x, [...kept, ...reduced] to [...kept] as
     * `reduce`, and out = (x − mean) / √(variance + eps). No axis is empty.
     */
    standardize?(x: View, eps: number, out: View, mean: View, variance: View): void
    /**
     * out = (grad − mean(grad) − y · mean(grad · y)) · inverse, with means over the last
     * axes: grad, y and out are [...kept, ...reduced], inverse = 1 / σ is [...kept].
     */
    standardizeGradient?(grad: View, y: View, inverse: View, out: View): void
    /**
     * losses[…] = −ln softmax(x[…])[labels[…]], and 0 where the label is `ignoreIndex`:
     * x is [..., classes], labels and losses [...].
     */
    crossEntropy?(x: View, labels: View, ignoreIndex: number, losses: View): void
    /**
     * out[…, c] = (softmax(x[…])[c] − (c = labels[…] ? 1 : 0)) · grad[…], and 0 where the
     * label is `ignoreIndex`.
     */
    crossEntropyGradient?(
      x: View,
      labels: View,
      ignoreIndex: number,
      grad: View,
      out: View,
    ): void
  }
}
