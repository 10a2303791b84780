import type { Tensor } from '@deepdive/autograd'
import {
  cpu,
  type DeepDiveError,
  formatShape,
  type Shape,
  ShapeError,
  sameShape,
  sizeOf,
  stretchesTo,
  ValueError,
} from '@deepdive/tensor'
import { checkTensors } from '../check-tensors.ts'

/**
 * Refuses what is no tensor, and input and target of two shapes. Broadcasting would compare every prediction
 * with every target, which trains, badly, without a word.
 */
export function checkSameShape(op: string, input: Tensor, target: Tensor): void {
  checkTensors(op, { input, target })
  if (sameShape(input.shape, target.shape)) return
  const [given, wanted] = [formatShape(target.shape), formatShape(input.shape)]
  const advice =
    sizeOf(input.shape) === sizeOf(target.shape)
      ? `use target.reshape(${wanted})`
      : 'give one target for each prediction'
  throw new ShapeError(
    `${op}: the input is ${wanted}, but the target ${given}; a loss stretches neither: ` +
      advice,
  )
}

/** Refuses a weight that does not stretch to the shape of the losses. */
export function checkStretches(op: string, name: string, x: Tensor, to: Shape): void {
  if (stretchesTo(x.shape, to)) return
  throw new ShapeError(
    `${op}: ${name} is ${formatShape(x.shape)}, which does not stretch to the input's ` +
      formatShape(to),
  )
}

/** Refuses numbers outside 0 … 1. */
export function checkProbabilities(
  op: string,
  name: string,
  x: Tensor,
  advice: string,
): void {
  const isProbability = (value: number) => value >= 0 && value <= 1
  checkElements(x, isProbability, (element) => {
    return new ValueError(`${op}: ${name} ${element} is outside 0…1: ${advice}`)
  })
}

/** Refuses the first element that is not fine, where looking takes no waiting. */
export function checkElements(
  x: Tensor,
  isFine: (value: number) => boolean,
  refusal: (element: string) => DeepDiveError,
): void {
  if (x.device !== cpu) return
  for (const [place, value] of x.toTypedArray().entries()) {
    if (isFine(value)) continue
    throw refusal(`${Number(value.toPrecision(7))}${describePlace(place, x.shape)}`)
  }
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
