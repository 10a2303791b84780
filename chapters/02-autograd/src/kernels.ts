import type { View } from '@deepdive/tensor'

declare module '@deepdive/tensor' {
  /**
   * Fused kernels, which a device may have: each does in one pass what its operation
   * composes of several, each of which walks through memory and makes a result of its
   * own. All are of float32 and one shape; rows lie along the last axis.
   */
  interface Kernels {
    /** outᵢ = e^xᵢ / Σ e^xⱼ along the last axis */
    softmax?(x: View, out: View): void
    /** out = y · (grad − Σ grad · y) along the last axis, for y = softmax(x) */
    softmaxGradient?(grad: View, y: View, out: View): void
    /** outᵢ = xᵢ − ln Σ e^xⱼ along the last axis */
    logSoftmax?(x: View, out: View): void
    /** out = grad − e^y · Σ grad along the last axis, for y = logSoftmax(x) */
    logSoftmaxGradient?(grad: View, y: View, out: View): void
    /** out = x ≤ 0 ? 0 : grad */
    reluGradient?(grad: View, x: View, out: View): void
  }
}
