import type { WindowAxis } from '@deepdive/conv'
import type { Shape } from '@deepdive/tensor'
import type { Value } from './value.ts'

/** How windows slide, as ONNX says it. */
export function sliding(window: readonly WindowAxis[]) {
  return {
    kernel_shape: window.map(({ size }) => size),
    strides: window.map(({ stride }) => stride),
    dilations: window.map(({ dilation }) => dilation),
    pads: [...window.map(({ before }) => before), ...window.map(({ after }) => after)],
  }
}

/** Whether x is a batch, and no single sample. */
export function isBatch(
  { x }: { x: Value },
  { kernelSize }: { kernelSize: Shape },
): boolean {
  return x.shape.length === kernelSize.length + 2
}

interface Slides {
  readonly kernelSize: Shape
  readonly stride: Shape
  readonly dilation: Shape
  readonly padding: Shape | 'same' | 'valid'
}

/** How windows slide; 'same' has the odd one behind. */
export function windowOf({
  kernelSize,
  stride,
  dilation,
  padding,
}: Slides): WindowAxis[] {
  return kernelSize.map((size, n) => {
    const axis = { size, stride: stride[n], dilation: dilation[n] }
    const missing = padding === 'same' ? dilation[n] * (size - 1) : 0
    const before = typeof padding === 'string' ? Math.floor(missing / 2) : padding[n]
    const after = typeof padding === 'string' ? missing - before : padding[n]
    return { ...axis, before, after }
  })
}
