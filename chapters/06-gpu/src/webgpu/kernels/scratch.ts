import {
  contiguousStrides,
  type DType,
  type Shape,
  sizeOf,
  type View,
} from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'

/** A contiguous view of memory that a kernel needs for itself, until it is released. */
export function scratchView(
  recorder: Recorder,
  { storage }: View,
  shape: Shape,
  dtype: DType,
): View {
  const size = sizeOf(shape)
  return {
    storage: recorder.scratch(storage.device, dtype, size),
    dtype,
    shape,
    strides: contiguousStrides(shape),
    offset: 0,
  }
}
