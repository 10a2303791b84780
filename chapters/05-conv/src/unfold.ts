import type { Tensor } from '@deepdive/autograd'
import { Module } from '@deepdive/nn'
import { optionsOf } from '@deepdive/tensor'
import { describeWindow } from './describe-window.ts'
import { fold, unfold } from './functional/unfold.ts'
import { evenWindow, type PerAxis, perAxis, type WindowOptions } from './window.ts'

/** Between images and columns, one way or the other. */
export abstract class Folding extends Module {
  readonly kernelSize: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly dilation: readonly number[]

  constructor(kernelSize: PerAxis, options: WindowOptions) {
    super()
    const given = optionsOf(new.target.name, options)
    const window = evenWindow(new.target.name, kernelSize, 2, given)
    this.kernelSize = window.map(({ size }) => size)
    this.stride = window.map(({ stride }) => stride)
    this.padding = window.map(({ before }) => before)
    this.dilation = window.map(({ dilation }) => dilation)
  }

  override extraRepr(): string {
    return describeWindow(this)
  }
}

/**
 * All windows on images as columns: [N, C, H, W] becomes [N, C · kH · kW, L], with a
 * column for each of L windows.
 *
 * @throws ShapeError where no window fits.
 * @throws ValueError where a number makes no sense.
 * @example
 * new Unfold(3).forward(zeros([2, 3, 8, 8])).shape // → [2, 27, 36]
 */
export class Unfold extends Folding {
  constructor(kernelSize: PerAxis, options: WindowOptions = {}) {
    super(kernelSize, options)
  }

  forward(x: Tensor): Tensor {
    return unfold(x, this.kernelSize, this)
  }
}

/**
 * Adds columns up to images, each number where Unfold took it from:
 * [N, C · kH · kW, L] becomes [N, C, H, W], with H and W from `outputSize`.
 *
 * @throws ShapeError where L is not the number of windows on such an image.
 * @throws ValueError where a number makes no sense.
 * @example
 * new Fold(8, 3).forward(zeros([2, 27, 36])).shape // → [2, 3, 8, 8]
 */
export class Fold extends Folding {
  readonly outputSize: readonly number[]

  constructor(outputSize: PerAxis, kernelSize: PerAxis, options: WindowOptions = {}) {
    super(kernelSize, options)
    this.outputSize = perAxis('Fold', 'outputSize', outputSize, 2, 1)
  }

  forward(x: Tensor): Tensor {
    return fold(x, this.outputSize, this.kernelSize, this)
  }

  override extraRepr(): string {
    return `${super.extraRepr()} → ${this.outputSize.join('×')}`
  }
}
