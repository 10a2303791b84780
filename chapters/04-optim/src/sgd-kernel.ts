import type { Tensor } from '@deepdive/autograd'
import { checkSameDevice, cpu, type View } from '@deepdive/tensor'
import { contiguous } from './contiguous.ts'

/**
 * One step's numbers: g ← ±g + λθ, v ← momentum · v + share · g, θ ← θ − rate · v, or
 * θ ← θ − rate · (g + momentum · v) for Nesterov's.
 */
export interface SGDRates {
  readonly maximize: boolean
  /** λ */
  readonly weightDecay: number
  readonly momentum: number
  /** The share of g that enters v: 1 less the dampening, all of it in the first step. */
  readonly share: number
  readonly nesterov: boolean
  readonly rate: number
}

declare module '@deepdive/tensor' {
  interface Kernels {
    /**
     * Fused: sgd.ts in one pass; views are contiguous, float32 and of one size. Without
     * momentum there is no v, and θ ← θ − rate · g.
     */
    sgd?(parameter: View, gradient: View, v: View | null, rates: SGDRates): void
  }
}

const { fround } = Math

/** Rounds where sgd.ts does, to the same numbers. */
export function sgd(
  parameter: View,
  gradient: View,
  v: View | null,
  { maximize, share, nesterov, ...rates }: SGDRates,
): void {
  const [decay, momentum] = [rates.weightDecay, rates.momentum].map(fround)
  const [enters, rate] = [share, rates.rate].map(fround)
  const to = contiguous(parameter)
  const gradients = contiguous(gradient)
  const velocity = v && contiguous(v)
  for (let i = 0; i < to.length; i++) {
    let g = maximize ? -gradients[i] : gradients[i]
    if (decay !== 0) g = fround(fround(decay * to[i]) + g)
    let step = g
    if (velocity) {
      velocity[i] = fround(momentum * velocity[i]) + fround(enters * g)
      step = nesterov ? fround(fround(momentum * velocity[i]) + g) : velocity[i]
    }
    to[i] -= fround(rate * step)
  }
}

// A faster one that was installed before, as chapter 6 does, stays.
cpu.kernels.sgd ??= sgd

/**
 * One step by the device's fused kernel; false, and nothing done, where it has none or
 * memory is not laid out for it.
 */
export function sgdInOnePass(
  parameter: Tensor,
  gradient: Tensor,
  v: Tensor | null,
  rates: SGDRates,
): boolean {
  const { sgd } = parameter.device.kernels
  const arrays = [parameter, gradient, ...(v ? [v] : [])].map(({ array }) => array)
  if (!sgd || !arrays.every((array) => array.isContiguous())) return false
  checkSameDevice('sgd', ...arrays)
  sgd(parameter.array, gradient.array, v?.array ?? null, rates)
  parameter.array.storage.version++
  if (v) v.array.storage.version++
  return true
}
