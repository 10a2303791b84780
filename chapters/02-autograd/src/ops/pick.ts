import type { Shape } from '@deepdive/tensor'
import type { Op } from '../op.ts'

/**
 * y[index[i]] = Σ x[i] along `dim`, of a shape that is 0 elsewhere: what gather gives
 * back.
 *
 * @example
 * const index = tensor([2, 2], { dtype: 'int32' })
 * tensor([5, 6]).apply(spread(0, [3]), index) // → tensor([ 0.,  0., 11.])
 */
export const spread = (dim: number, shape: Shape): Op => ({
  name: 'spread',
  settings: { dim },
  forward: (x, index) => x.newEmpty(shape).scatterAdd_(dim, index, x),
  gradient: (grad, { inputs: [, index] }) => [() => grad.gather(dim, index), null],
})

/** y[i] = x[index[i]]: an element adds up what was taken from it. */
export const gather = (dim: number): Op => ({
  name: 'gather',
  settings: { dim },
  forward: (x, index) => x.gather(dim, index),
  gradient: (grad, { inputs: [x, index] }) => [
    () => grad.apply(spread(dim, x.shape), index),
    null,
  ],
})

/** y = x with source put to the places of index. */
export const scatter = (dim: number): Op => ({
  name: 'scatter',
  settings: { dim },
  forward: (x, index, source) => x.scatter(dim, index, source),
  gradient: (grad, { inputs: [, index] }) => [
    () => grad.scatter(dim, index, 0),
    null,
    () => grad.gather(dim, index),
  ],
})

/** y = x with source added to the places of index. */
export const scatterAdd = (dim: number): Op => ({
  name: 'scatterAdd',
  settings: { dim },
  forward: (x, index, source) => x.scatterAdd(dim, index, source),
  gradient: (grad, { inputs: [, index] }) => [
    grad,
    null,
    () => grad.gather(dim, index),
  ],
})
