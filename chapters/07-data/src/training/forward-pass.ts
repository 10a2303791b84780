import { checkTensor, Tensor } from '@deepdive/autograd'
import { Module } from '@deepdive/nn'
import { cpu, type Device, formatShape, ShapeError } from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { listed, moved, type Split, sizeOf, splitPair } from './batches.ts'
import type { EvaluateOptions, Trainable } from './options.ts'

/** What came out of a model for a batch, and how far that is from the target. */
export interface Passed<Output, Target> {
  readonly loss: Tensor
  readonly output: Output
  readonly target: Target
  readonly samples: number
}

/**
 * A function that takes a batch through a model to its loss. The model moves to the
 * device, if one is given, and batches follow it there.
 */
export function forwardPass<Batch, Output, Target>(
  owner: string,
  model: Trainable<Output>,
  options: EvaluateOptions<Batch, Output, Target>,
): (batch: Batch) => Passed<Output, Target> {
  const { split = (batch) => splitPair(owner, batch), loss, device } = options
  if (device) model.to(device)
  const place = device ?? placeOf(model)
  if (loss instanceof Module) loss.to(place)
  return (batch) => {
    const [inputs, target]: Split<Target> = split(moved(batch, place))
    checkInputs(owner, inputs)
    const output = model.forward(...listed(inputs))
    const distance =
      typeof loss === 'function' ? loss(output, target) : loss.forward(output, target)
    checkDistance(owner, distance)
    return { loss: distance, output, target, samples: sizeOf(inputs) }
  }
}

function checkInputs(owner: string, inputs: unknown): void {
  checkKind(owner, { inputs }, 'a tensor, or a list of tensors', (value) => {
    const list: unknown[] = Array.isArray(value) ? value : [value]
    return list.length > 0 && list.every((item) => item instanceof Tensor)
  })
}

/** A loss of each sample by itself has no slope to go down. */
function checkDistance(owner: string, distance: Tensor): void {
  checkTensor(owner, 'the loss', distance)
  if (distance.numel() === 1) return
  throw new ShapeError(
    `${owner}: the loss is ${formatShape(distance.shape)}: it must be a single ` +
      "number: use .mean(), or leave out reduction: 'none'",
  )
}

/** Where the parameters of a model are. */
function placeOf(model: Module): Device {
  return model.parameters()[0]?.device ?? cpu
}
