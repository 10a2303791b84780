import { sizeOf, type View } from '@deepdive/tensor'

/** How many elements a view has. */
export function sizeOfView({ shape }: View): number {
  return sizeOf(shape)
}

/** Whether a view has each element of its storage, in whatever order. */
export function coversStorage({ shape, strides, storage }: View): boolean {
  const steps = shape
    .map((extent, axis) => ({ extent, step: Math.abs(strides[axis]) }))
    .filter(({ extent }) => extent !== 1)
    .sort((a, b) => a.step - b.step)
  let reached = 1
  for (const { extent, step } of steps) {
    if (step !== reached) return false
    reached *= extent
  }
  return reached === storage.length
}

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
