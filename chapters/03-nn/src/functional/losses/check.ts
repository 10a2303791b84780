import type { Tensor } from '@deepdive/autograd'
import {
  DTypeError,
  formatShape,
  type Shape,
  ShapeError,
  sameShape,
  sizeOf,
  stretchesTo,
  ValueError,
} from '@deepdive/tensor'
import { checkElements } from '../check-elements.ts'
import { checkTensors } from '../check-tensors.ts'

/**
 * Refuses what is no tensor, and input and target of two shapes. Broadcasting would
 * compare every prediction with every target, which trains, badly, without a word.
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
  checkTensors(op, { [name]: x })
  if (stretchesTo(x.shape, to)) return
  throw new ShapeError(
    `${op}: ${name} is ${formatShape(x.shape)}, which does not stretch to the input's ` +
      formatShape(to),
  )
}

/** Refuses bools, and numbers outside 0 … 1. */
export function checkProbabilities(
  op: string,
  name: string,
  x: Tensor,
  advice: string,
): void {
  if (x.dtype === 'bool') {
    throw new DTypeError(`${op}: ${name} is bool: use .to('float32')`)
  }
  const isProbability = (value: number) => value >= 0 && value <= 1
  checkElements(
    x,
    isProbability,
    (element) => {
      return new ValueError(`${op}: ${name} ${element} is outside 0…1: ${advice}`)
    },
    (all) => all.ge(0).logicalAnd(all.le(1)),
  )
}
