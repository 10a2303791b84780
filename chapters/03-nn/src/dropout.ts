import type { Tensor } from '@deepdive/autograd'
import { checkShare } from '@deepdive/tensor'
import { dropout } from './functional/dropout.ts'
import { Module } from './module.ts'

/**
 * In training, makes each element 0 with probability p and divides the others by 1 − p,
 * so that no output can rely on a single input; in evaluation, passes x on
 * (Srivastava et al. 2014). `manualSeed` makes it repeat.
 *
 * @throws ValueError where p is no probability.
 * @example
 * new Dropout(0.2).eval().forward(ones([2])) // → tensor([1., 1.])
 */
export class Dropout extends Module {
  readonly p: number

  constructor(p = 0.5) {
    super()
    checkShare(new.target.name, { p })
    this.p = p
  }

  forward(x: Tensor): Tensor {
    return dropout(x, this.p, { training: this.training })
  }

  override extraRepr(): string {
    return `p=${this.p}`
  }
}
