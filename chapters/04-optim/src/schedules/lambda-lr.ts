import { ValueError } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { asRuled, ClosedFormLR } from './closed-form.ts'

/**
 * A rule of your own: lr = lr₀ · f(t), with one f for all groups or a list of one for
 * each. It sets the rate whatever that is now.
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
    const functionOf = (group: number) => {
      if (typeof lrLambda === 'function') return lrLambda
      checkLength(lrLambda, optimizer)
      return lrLambda[group]
    }
    super(optimizer, (t, start, group) => start * functionOf(group)(t), asRuled)
  }
}

function checkLength(functions: readonly unknown[], { paramGroups }: Optimizer): void {
  if (functions.length === paramGroups.length) return
  throw new ValueError(
    `LambdaLR: there are ${functions.length} functions for ${paramGroups.length} ` +
      'groups: give one for each, or one for all',
  )
}
