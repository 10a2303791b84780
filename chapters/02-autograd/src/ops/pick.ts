import type { Op } from '../op.ts'

/** y[i] = x[index[i]]: an element adds up what was taken from it. */
export const gather = (dim: number): Op => ({
  name: 'gather',
  settings: { dim },
  forward: (x, index) => x.gather(dim, index),
  gradient: (grad, { inputs: [x, index] }) => [
    () => grad.newZeros(x.shape).scatterAdd(dim, index, grad),
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
