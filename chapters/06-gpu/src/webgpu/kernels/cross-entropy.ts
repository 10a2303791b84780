import type { View } from '@deepdive/tensor'
import { faultBinding, faultOf } from '../faults.ts'
import type { Recorder } from '../recorder.ts'
import { forEachInRow, forEachRow } from './rows.ts'
import { peakAndSum } from './softmax.ts'

/** −ln softmax(x)[label], and 0 where the label is to be ignored. */
export function crossEntropy(
  recorder: Recorder,
  x: View,
  labels: View,
  ignoreIndex: number,
  losses: View,
): void {
  forEachRow(recorder, {
    operation: 'crossEntropy',
    inputs: { x, labels },
    outs: { losses },
    numbers: { ignored: ignoreIndex },
    extra: [{ binding: faultBinding, use: recorder.faults.use() }],
    body: (at, put) => `${peakAndSum(at)}
  if (first == 0 && end > 0) {
    let label = ${at('labels', '0')};
    var loss = 0.0;
    if (label >= 0 && label < p.length) {
      if (label != p.ignored) { loss = logarithm(sum) - (${at('x', 'label')} - peak); }
    } else if (label != p.ignored) {
      fault(${faultOf.crossEntropy}u, label, u32(p.length));
    }
    ${put('losses', '0', 'loss')}
  }`,
  })
}

/** (softmax(x)[c] − (c = label ? 1 : 0)) · grad, and 0 where the label is ignored. */
export function crossEntropyGradient(
  recorder: Recorder,
  x: View,
  labels: View,
  ignoreIndex: number,
  grad: View,
  out: View,
): void {
  forEachRow(recorder, {
    operation: 'crossEntropyGradient',
    inputs: { x, labels, grad },
    outs: { out },
    numbers: { ignored: ignoreIndex },
    body: (at, put) => `${peakAndSum(at)}
  if (end == 0) { return; }
  let label = ${at('labels', '0')};
  let slope = ${at('grad', '0')};
  ${forEachInRow(
    `let share = exponential(${at('x', 'i')} - peak) / sum;
    let gradient = (share - f32(i == label)) * slope;
    ${put('out', 'i', 'select(gradient, 0.0, label == p.ignored)')}`,
  )}`,
  })
}
