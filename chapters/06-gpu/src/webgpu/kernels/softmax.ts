import type { View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { type At, forEachInRow, forEachRow } from './rows.ts'

/** The largest of a row, and the sum of e^(x − peak), which cannot overflow. */
export function peakAndSum(at: At): string {
  return `var peak = -infinity();
  ${forEachInRow(`peak = larger(peak, ${at('x', 'i')});`)}
  peak = joinLargest(lane, peak);
  var sum = 0.0;
  ${forEachInRow(`sum += exponential(${at('x', 'i')} - peak);`)}
  sum = joinSums(lane, sum);`
}

/** outᵢ = e^xᵢ / Σ e^xⱼ */
export function softmax(recorder: Recorder, x: View, out: View): void {
  forEachRow(recorder, {
    operation: 'softmax',
    inputs: { x },
    outs: { out },
    body: (at, put) => `${peakAndSum(at)}
  ${forEachInRow(put('out', 'i', `exponential(${at('x', 'i')} - peak) / sum`))}`,
  })
}

/** outᵢ = xᵢ − ln Σ e^xⱼ */
export function logSoftmax(recorder: Recorder, x: View, out: View): void {
  forEachRow(recorder, {
    operation: 'logSoftmax',
    inputs: { x },
    outs: { out },
    body: (at, put) => `${peakAndSum(at)}
  let log = logarithm(sum);
  ${forEachInRow(put('out', 'i', `(${at('x', 'i')} - peak) - log`))}`,
  })
}

/**
 * out = y · (grad − Σ grad · y), where the sum is divided by Σ y: that is 1 but for
 * rounding, which would count where much cancels, as in the gradient of a bias of keys.
 */
export function softmaxGradient(
  recorder: Recorder,
  grad: View,
  y: View,
  out: View,
): void {
  forEachRow(recorder, {
    operation: 'softmaxGradient',
    inputs: { grad, y },
    outs: { out },
    body: (at, put) => `var sum = 0.0;
  var whole = 0.0;
  ${forEachInRow(
    `let y = ${at('y', 'i')};
    sum += ${at('grad', 'i')} * y;
    whole += y;`,
  )}
  sum = joinSums(lane, sum);
  sum /= joinSums(lane, whole);
  ${forEachInRow(put('out', 'i', `${at('y', 'i')} * (${at('grad', 'i')} - sum)`))}`,
  })
}

/** out = grad − e^y · Σ grad */
export function logSoftmaxGradient(
  recorder: Recorder,
  grad: View,
  y: View,
  out: View,
): void {
  forEachRow(recorder, {
    operation: 'logSoftmaxGradient',
    inputs: { grad, y },
    outs: { out },
    body: (at, put) => `var sum = 0.0;
  ${forEachInRow(`sum += ${at('grad', 'i')};`)}
  sum = joinSums(lane, sum);
  ${forEachInRow(
    put('out', 'i', `${at('grad', 'i')} - exponential(${at('y', 'i')}) * sum`),
  )}`,
  })
}
