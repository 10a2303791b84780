import type { Tensor } from '@deepdive/autograd'
import { optionsOf } from '@deepdive/tensor'
import { checkReduction, type Reduction } from '../functional/losses/reduction.ts'
import { Module } from '../module.ts'
import { Buffer } from '../parameter.ts'

/**
 * A loss as a layer. Its options are properties of their own names, so that the layer
 * itself is the options that its function takes.
 */
export abstract class Loss<Known extends string = Reduction> extends Module {
  readonly reduction: Known | 'mean'

  constructor(options: { readonly reduction?: Known } = {}, known?: readonly Known[]) {
    super()
    const { reduction = 'mean' } = optionsOf(this.constructor.name, options)
    checkReduction(this.constructor.name, reduction, known)
    this.reduction = reduction
  }
}

/** A weight belongs to the loss as a buffer: it moves along, and is saved. */
export function bufferOf(weight: Tensor | null | undefined): Buffer | null {
  return weight ? new Buffer(weight) : null
}
