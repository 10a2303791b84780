import type { View } from '@deepdive/tensor'
import type { Window } from './window.ts'

declare module '@deepdive/tensor' {
  /** Required of a device that convolves, and absent before this chapter comes. */
  interface Kernels {
    /**
     * out[…, o, k] = x[…, o · stride − before + k · dilation], and 0 outside of x:
     * x is [..., n₁, n₂], out is [..., o₁, o₂, k₁, k₂] for a window on two axes, and
     * comes as zeros.
     */
    gatherWindows?(x: View, window: Window, out: View): void
    /**
     * The other way round: x adds up, to what it holds, all that windows hold for it.
     */
    addWindows?(windows: View, window: Window, x: View): void
    /**
     * Where in its plane, row after row, the largest element of each window stands: of
     * equal ones the first, of several NaN the last, −1 where all of it lies beside x.
     * x is contiguous [..., n₁, n₂], out is [..., o₁, o₂], int32.
     */
    largestInWindows?(x: View, window: Window, out: View): void
  }

  /**
   * Fused kernels, as chapters 2 and 3 have them: a convolution without its windows ever
   * lying in memory, and both of its gradients. All arrays are contiguous: x is
   * [N, C, n₁, n₂], weight [O, C / groups, k₁, k₂], y and its gradient [N, O, o₁, o₂],
   * for a window on two axes, or one axis less for a window on one. No axis is empty.
   */
  interface Kernels {
    /** y[n, o, …] = bias[o] + Σ weight[o, c, k] · x[n, c, …]; bias is [O] or null. */
    conv?(
      x: View,
      weight: View,
      bias: View | null,
      window: Window,
      groups: number,
      y: View,
    ): void
    /** What x adds to a gradient of y, added up; x comes as zeros. */
    convInputGradient?(
      grad: View,
      weight: View,
      window: Window,
      groups: number,
      x: View,
    ): void
    /** The same for the weight. */
    convWeightGradient?(
      x: View,
      grad: View,
      window: Window,
      groups: number,
      weight: View,
    ): void
    /**
     * The largest element of each window, and where it stands, as `largestInWindows`, for
     * windows on one axis or two, of which each holds an element: x, y and the places are
     * contiguous, [..., n₁, n₂] and [..., o₁, o₂].
     */
    maxPool?(x: View, window: Window, y: View, places: View): void
    /**
     * Mean and variance of each channel, and y = (x − mean) / √(variance + eps) · weight +
     * bias: x and y are [C, ...others], the vectors [C].
     */
    batchNorm?(
      x: View,
      weight: View,
      bias: View,
      eps: number,
      y: View,
      mean: View,
      variance: View,
    ): void
    /**
     * What reaches x, weight and bias: ∂bias = Σ grad, ∂weight = Σ grad · z for
     * z = (x − mean) · inverse, and ∂x = (grad − (∂bias + z · ∂weight) / n) · weight ·
     * inverse, where inverse = 1 / √(variance + eps) and a channel has n numbers.
     */
    batchNormGradient?(
      grad: View,
      x: View,
      weight: View,
      mean: View,
      inverse: View,
      xGrad: View,
      weightGrad: View,
      biasGrad: View,
    ): void
  }
}
