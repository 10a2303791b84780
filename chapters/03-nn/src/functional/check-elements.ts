import type { Tensor } from '@deepdive/autograd'
import {
  cpu,
  type DeepDiveError,
  formatShape,
  type Shape,
  sizeOf,
  verify,
} from '@deepdive/tensor'

/**
 * Refuses the first element that is not fine. Where looking takes waiting, whoever reads
 * next hears of it, without which element it is, if `areFine` says the same of tensors.
 */
export function checkElements(
  x: Tensor,
  isFine: (value: number) => boolean,
  refusal: (element: string) => DeepDiveError,
  areFine?: (x: Tensor) => Tensor,
): void {
  if (x.device !== cpu) {
    if (areFine) verify(areFine(x).all().array, () => refusal('of one element'))
    return
  }
  const values = x.toTypedArray()
  const place = values.findIndex((value) => !isFine(value))
  if (place < 0) return
  const value = Number(values[place].toPrecision(7))
  throw refusal(`${value}${describePlace(place, x.shape)}`)
}

/** ` at place 3`, ` at place [1, 2]`, or nothing where there is but one place. */
function describePlace(place: number, shape: Shape): string {
  if (shape.length === 0) return ''
  if (shape.length === 1) return ` at place ${place}`
  const index = shape.map((extent, axis) => {
    return Math.floor(place / sizeOf(shape.slice(axis + 1))) % extent
  })
  return ` at place ${formatShape(index)}`
}
