import type { View } from '@deepdive/tensor'

/** A view of the first `rank` axes, at index 0 of those after them. */
export function head(view: View, rank: number): View {
  return axesOf(view, 0, rank)
}

/** A view of the axes from the `rank`-th on, at index 0 of those before. */
export function tail(view: View, rank: number): View {
  return axesOf(view, rank, view.shape.length)
}

function axesOf(view: View, start: number, end: number): View {
  const { storage, dtype, offset } = view
  const [shape, strides] = [view.shape, view.strides].map((x) => x.slice(start, end))
  return { storage, dtype, shape, strides, offset }
}

/** What a kernel sees of an array, and no more. */
export function viewOf({ storage, dtype, shape, strides, offset }: View): View {
  return { storage, dtype, shape, strides, offset }
}
