import type { Tensor } from '@deepdive/autograd'
import { checkSameDevice, cpu, type View } from '@deepdive/tensor'
import { contiguous } from './contiguous.ts'

/**
 * One step's numbers: θ ← kept · θ − rate · m / (√v + margin), after m and v took up g.
 */
export interface AdamRates {
  readonly beta1: number
  readonly beta2: number
  /** The share of a parameter that AdamW's decay leaves; 1 for Adam. */
  readonly kept: number
  readonly rate: number
  readonly margin: number
}

declare module '@deepdive/tensor' {
  interface Kernels {
    /** Fused: adam.ts in one pass; views are contiguous, float32 and of one size. */
    adam?(parameter: View, gradient: View, m: View, v: View, rates: AdamRates): void
  }
}

/**
 * What adam.ts says in a dozen operations, each a pass through memory with a result of
 * its own, in one pass: some six times as fast, since memory is what takes the time.
 */
export function adam(
  parameter: View,
  gradient: View,
  m: View,
  v: View,
  { beta1, beta2, kept, rate, margin }: AdamRates,
): void {
  const [to, g, mean, square] = [parameter, gradient, m, v].map(contiguous)
  for (let i = 0; i < to.length; i++) {
    mean[i] = beta1 * mean[i] + (1 - beta1) * g[i]
    square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i]
    to[i] = kept * to[i] - (rate * mean[i]) / (Math.sqrt(square[i]) + margin)
  }
}

// A faster one that was installed before, as chapter 6 does, stays.
cpu.kernels.adam ??= adam

/**
 * One step of Adam by the device's fused kernel; false, and nothing done, where it has
 * none or memory is not laid out for it.
 */
export function adamInOnePass(
  parameter: Tensor,
  gradient: Tensor,
  m: Tensor,
  v: Tensor,
  rates: AdamRates,
): boolean {
  const { adam } = parameter.device.kernels
  const arrays = [parameter.array, gradient.array, m.array, v.array] as const
  if (!adam || !arrays.every((array) => array.isContiguous())) return false
  checkSameDevice('adam', ...arrays)
  adam(...arrays, rates)
  for (const { array } of [parameter, m, v]) array.storage.version++
  return true
}
