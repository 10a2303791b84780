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
}
