import type { Window, WindowAxis } from '@deepdive/conv'
import type { View } from '@deepdive/tensor'

/** What a window does along an axis that it does not slide along. */
const single: WindowAxis = { size: 1, stride: 1, dilation: 1, before: 0, after: 0 }

/** A window on one axis slides on two, the first of which has a single place. */
export function windowOnTwo(window: Window): readonly [WindowAxis, WindowAxis] {
  const [first, second] = window
  return second ? [first, second] : [single, first]
}

/** The sizes of one axis, or two, as those of two. */
export function sizesOnTwo(sizes: readonly number[]): readonly [number, number] {
  const [first, second] = sizes
  return sizes.length === 2 ? [first, second] : [1, first]
}

/** Contiguous images whose pixels are in a row have one row of them. */
export function imagesOnTwo({ storage, dtype, shape, strides, offset }: View): View {
  const [lead, channels, ...extents] = shape
  const wide = [lead, channels, ...sizesOnTwo(extents)]
  return { storage, dtype, shape: wide, strides, offset }
}
