import type { View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { elementwise } from './elementwise.ts'
import { constantLike } from './fill.ts'
import { meanAndVariance, meanOf, stretched } from './means.ts'
import { scratchView } from './scratch.ts'

/** out = (x − mean) / √(variance + eps), with both over the last axes of x. */
export function standardize(
  recorder: Recorder,
  x: View,
  eps: number,
  out: View,
  mean: View,
  variance: View,
): void {
  const center = meanAndVariance(recorder, 'standardize', x, mean, variance)
  elementwise(recorder, {
    operation: 'standardize',
    inputs: [x, center, stretched(variance, x), constantLike(x, eps)],
    outs: [out],
    expressions: (a, m, v, least) => [`(${a} - ${m}) * inverseSqrt(${v} + ${least})`],
  })
}

/** out = (grad − mean(grad) − y · mean(grad · y)) · inverse */
export function standardizeGradient(
  recorder: Recorder,
  grad: View,
  y: View,
  inverse: View,
  out: View,
): void {
  const first = scratchView(recorder, inverse, inverse.shape, 'float32')
  const second = scratchView(recorder, inverse, inverse.shape, 'float32')
  const operation = 'standardizeGradient'
  meanOf(recorder, operation, [grad], first, (g) => g)
  meanOf(recorder, operation, [grad, y], second, (g, b) => `${g} * ${b}`)
  const perRow = [first, second, inverse].map((view) => stretched(view, y))
  elementwise(recorder, {
    operation,
    inputs: [grad, y, ...perRow],
    outs: [out],
    expressions: (g, b, mean, slope, scale) => [
      `(${g} - ${mean} - ${b} * ${slope}) * ${scale}`,
    ],
  })
  recorder.release(first.storage)
  recorder.release(second.storage)
}
