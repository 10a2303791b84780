import type { DType, View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { numberDType } from '../wgsl/element.ts'
import { elementwise } from './elementwise.ts'

/** Strided to strided, and from one dtype to another. */
export function copy(recorder: Recorder, x: View, out: View): void {
  elementwise(recorder, {
    operation: 'copy',
    inputs: [x],
    outs: [out],
    expressions: (element) => [converted(element, x.dtype, out.dtype)],
  })
}

/** out = condition ? a : b */
export function where(
  recorder: Recorder,
  condition: View,
  a: View,
  b: View,
  out: View,
): void {
  elementwise(recorder, {
    operation: 'where',
    inputs: [condition, a, b],
    outs: [out],
    expressions: (test, yes, no) => {
      const x = converted(yes, a.dtype, out.dtype)
      const y = converted(no, b.dtype, out.dtype)
      return [`select(${y}, ${x}, ${test} != 0u)`]
    },
  })
}

/** An element as one of another dtype; as a bool, whatever is not 0 is 1. */
export function converted(element: string, held: DType, wanted: DType): string {
  const [from, to] = [numberDType(held), numberDType(wanted)]
  if (from === to) return element
  if (to === 'float32') return `f32(${element})`
  if (to === 'bool') {
    return from === 'float32' ? `u32(!isZero(${element}))` : `u32(${element} != 0)`
  }
  return from === 'float32' ? `wholeFrom(${element})` : `i32(${element})`
}
