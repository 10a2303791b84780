import type { View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { sizeOfView } from '../views.ts'
import { elementwise } from './elementwise.ts'
import { constantLike } from './fill.ts'
import { meanAndVariance, stretched } from './means.ts'
import { sum } from './reduce.ts'
import { totals } from './totals.ts'

/** y = (x − mean) / √(variance + eps) · weight + bias: x is [C, ...others]. */
export function batchNorm(
  recorder: Recorder,
  x: View,
  weight: View,
  bias: View,
  eps: number,
  y: View,
  mean: View,
  variance: View,
): void {
  const center = meanAndVariance(recorder, 'batchNorm', x, mean, variance)
  const perChannel = [variance, weight, bias].map((vector) => stretched(vector, x))
  elementwise(recorder, {
    operation: 'batchNorm',
    inputs: [x, center, ...perChannel, constantLike(x, eps)],
    outs: [y],
    expressions: (element, m, v, w, b, least) => [
      `(${element} - ${m}) * inverseSqrt(${v} + ${least}) * ${w} + ${b}`,
    ],
  })
}

/**
 * ∂bias = Σ grad, ∂weight = Σ grad · z for z = (x − mean) · inverse, and
 * ∂x = (grad − (∂bias + z · ∂weight) / n) · weight · inverse for channels of n numbers.
 */
export function batchNormGradient(
  recorder: Recorder,
  grad: View,
  x: View,
  weight: View,
  mean: View,
  inverse: View,
  xGrad: View,
  weightGrad: View,
  biasGrad: View,
): void {
  const [center, scale] = [mean, inverse].map((vector) => stretched(vector, x))
  const total = { operation: 'batchNormGradient', reduction: sum.float32 }
  totals(recorder, { ...total, inputs: [grad], out: biasGrad, element: (g) => g })
  totals(recorder, {
    ...total,
    inputs: [grad, x, center, scale],
    out: weightGrad,
    element: (g, a, m, s) => `${g} * (${a} - ${m}) * ${s}`,
  })
  const perChannel = [biasGrad, weightGrad, weight].map((v) => stretched(v, x))
  const share = sizeOfView(biasGrad) / Math.max(1, sizeOfView(x))
  elementwise(recorder, {
    operation: 'batchNormGradient',
    inputs: [grad, x, center, scale, ...perChannel, constantLike(x, share)],
    outs: [xGrad],
    expressions: (g, a, m, s, toBias, toWeight, w, part) => [
      `(${g} - (${toBias} + (${a} - ${m}) * ${s} * ${toWeight}) * ${part}) * ${w} * ${s}`,
    ],
  })
}
