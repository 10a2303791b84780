import { ValueError } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { ClosedFormLR } from './closed-form.ts'

/**
 * A rule of your own: lr = lr₀ · f(t), with one f for all groups or a list of one for
 * each.
 *
 * @throws ValueError where a list has not one function for each group.
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 0.5 })
 * const schedule = new LambdaLR(optimizer, (t) => 1 / (1 + t))
 * schedule.step()
 * optimizer.paramGroups[0].lr // → 0.25
 */
export class LambdaLR extends ClosedFormLR {
  constructor(
    optimizer: Optimizer,
    lrLambda: ((epoch: number) => number) | readonly ((epoch: number) => number)[],
  ) {
    const groups = optimizer.paramGroups.length
    if (typeof lrLambda === 'object' && lrLambda.length !== groups) {
      throw new ValueError(
        `LambdaLR: there are ${lrLambda.length} functions for ${groups} groups: ` +
          'give one for each, or one for all',
      )
    }
    const factorOf = (group: number) =>
      typeof lrLambda === 'object' ? lrLambda[group] : lrLambda
    super(optimizer, (t, start, group) => start * factorOf(group)(t))
  }
}
