import { elements, sizeOf, type View } from '@deepdive/tensor'

/** Where the elements of a view lie, in row-major order. */
function placesOf({ shape, strides, offset }: View): number[] {
  return shape.reduce(
    (places, extent, axis) =>
      places.flatMap((place) =>
        Array.from({ length: extent }, (_, i) => place + i * strides[axis]),
      ),
    [offset],
  )
}

/** The elements of a view, in row-major order. */
export function read(view: View): number[] {
  return placesOf(view).map((place) => elements(view)[place])
}

/** The same in rows, each of which holds what the last `axes` axes hold. */
export function readRows(view: View, axes = 1): number[][] {
  const length = sizeOf(view.shape.slice(view.shape.length - axes))
  const values = read(view)
  const count = length === 0 ? 0 : values.length / length
  return Array.from({ length: count }, (_, n) =>
    values.slice(n * length, (n + 1) * length),
  )
}

export function write(view: View, values: readonly number[]): void {
  placesOf(view).forEach((place, n) => {
    elements(view)[place] = values[n]
  })
}

export const sum = (list: readonly number[]) => list.reduce((total, x) => total + x, 0)
export const mean = (list: readonly number[]) => sum(list) / list.length
export const times = (a: readonly number[], b: readonly number[]) =>
  a.map((x, i) => x * b[i])

/** ln softmax(x) */
export function logSoftmaxOf(x: readonly number[]): number[] {
  const peak = x.reduce((most, each) => Math.max(most, each), -Infinity)
  const rest = x.map((each) => each - peak)
  const total = sum(rest.map(Math.exp))
  return rest.map((each) => each - Math.log(total))
}
