import type { Tensor } from '@deepdive/autograd'
import {
  checkReduction,
  type LossOptions,
  type Reduction,
} from '../functional/losses/reduction.ts'
import { Module } from '../module.ts'
import { Buffer } from '../parameter.ts'

/**
 * A loss as a layer. Its options are properties of their own names, so that the layer
 * itself is the options that its function takes.
 */
export abstract class Loss extends Module {
  readonly reduction: Reduction

  constructor({ reduction = 'mean' }: LossOptions = {}) {
    super()
    checkReduction(this.constructor.name, reduction)
    this.reduction = reduction
  }
}

/** A weight belongs to the loss as a buffer: it moves along, and is saved. */
export function bufferOf(weight: Tensor | null | undefined): Buffer | null {
  return weight ? new Buffer(weight) : null
}
