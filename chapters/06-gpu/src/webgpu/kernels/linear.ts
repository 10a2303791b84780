import type { View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { elementwise } from './elementwise.ts'
import { matmul } from './matmul.ts'

/** out = x · Wᵀ + b, where the bias is added in place. */
export function linear(
  recorder: Recorder,
  x: View,
  weight: View,
  bias: View,
  out: View,
): void {
  const { storage, dtype, shape, strides, offset } = weight
  const turned = {
    storage,
    dtype,
    offset,
    shape: shape.toReversed(),
    strides: strides.toReversed(),
  }
  matmul(recorder, x, turned, out)
  const stretched = { ...bias, dtype, shape: out.shape, strides: [0, bias.strides[0]] }
  elementwise(recorder, {
    operation: 'linear',
    inputs: [out, stretched],
    outs: [out],
    expressions: (a, b) => [`${a} + ${b}`],
  })
}
