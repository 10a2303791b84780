import { Module } from '@deepdive/nn'
import { optionsOf } from '@deepdive/tensor'
import { describeWindow } from './describe-window.ts'
import { type PoolOptions, slidingWindow } from './functional/pool-window.ts'
import type { PerAxis, WindowOptions } from './window.ts'

/** A layer that makes one number of each window: what all of them have. */
export abstract class Pooling extends Module {
  readonly kernelSize: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly dilation: readonly number[]
  readonly ceilMode: boolean

  constructor(rank: number, kernelSize: PerAxis, options: PoolOptions & WindowOptions) {
    super()
    const given = optionsOf(new.target.name, options)
    const window = slidingWindow(new.target.name, kernelSize, rank, given)
    this.kernelSize = window.map(({ size }) => size)
    this.stride = window.map(({ stride }) => stride)
    this.padding = window.map(({ before }) => before)
    this.dilation = window.map(({ dilation }) => dilation)
    this.ceilMode = options.ceilMode ?? false
  }

  override extraRepr(): string {
    return describeWindow(this) + (this.ceilMode ? ', ceilMode' : '')
  }
}
