import { distinct, far, one, shaped } from '../inputs.ts'
import {
  any,
  apart,
  axes,
  axis,
  type Cases,
  filled,
  filledAxis,
  keep,
  on,
  withAxis,
} from './case.ts'

const single = shaped([[]])
const table = shaped([[2, 3]], distinct)
const away = one({ axes: 1, empty: false }, far)

/** Methods that make one element of many, or order them. */
export const reductions: Cases = {
  sum: [
    on(any, ([x]) => x.sum()),
    on(withAxis, ([x], n) => x.sum(axes(x, n), keep(n))),
    on(single, ([x]) => x.sum(0)),
  ],
  prod: [
    on(any, ([x]) => x.prod()),
    on(withAxis, ([x], n) => x.prod(axes(x, n), keep(n))),
    on(single, ([x]) => x.prod(-1)),
  ],
  mean: [
    on(filled, ([x]) => x.mean()),
    on(filledAxis, ([x], n) => x.mean(axes(x, n), keep(n))),
  ],
  var: [
    on(table, ([x], n) => x.var(axes(x, n), keep(n))),
    on(filledAxis, ([x], n) => x.var(axis(x, n), { correction: 0 })),
  ],
  std: [on(table, ([x], n) => x.std(axes(x, n), keep(n)))],
  norm: [
    on(one({ empty: false }, far), ([x]) => x.norm()),
    on(away, ([x], n) => x.norm(2, axes(x, n), keep(n))),
    on(away, ([x], n) => x.norm(3, axes(x, n), keep(n))),
    on(away, ([x], n) => x.norm(1, axes(x, n), keep(n))),
    on(away, ([x], n) => x.norm(0.5, axis(x, n))),
    on(away, ([x], n) => x.norm(-2, axis(x, n))),
    on(apart, ([x], n) => x.exp().norm(n % 2 === 0 ? Infinity : -Infinity, axis(x, n))),
  ],
  amax: [on(apart, ([x], n) => x.amax(axes(x, n), keep(n)))],
  amin: [on(apart, ([x], n) => x.amin(axes(x, n), keep(n)))],
  max: [
    on(apart, ([x]) => x.max()),
    on(apart, ([x], n) => x.max(axis(x, n), keep(n)).values),
    on(single, ([x]) => x.max(0).values),
  ],
  min: [
    on(apart, ([x]) => x.min()),
    on(apart, ([x], n) => x.min(axis(x, n), keep(n)).values),
  ],
  reduce: [on(withAxis, ([x], n) => x.reduce('sum', axes(x, n), false))],
  cumsum: [
    on(withAxis, ([x], n) => x.cumsum(axis(x, n))),
    on(single, ([x]) => x.cumsum(0)),
  ],
  softmax: [
    on(withAxis, ([x], n) => x.softmax(axis(x, n))),
    on(single, ([x]) => x.softmax(0)),
  ],
  logSoftmax: [
    on(withAxis, ([x], n) => x.logSoftmax(axis(x, n))),
    on(single, ([x]) => x.logSoftmax(-1)),
  ],
  logSumExp: [
    on(filledAxis, ([x], n) => x.logSumExp(axis(x, n), keep(n))),
    on(single, ([x]) => x.logSumExp(0)),
  ],
  sort: [on(apart, ([x], n) => x.sort(axis(x, n), n % 2 === 0).values)],
  topk: [
    on(apart, ([x], n) => {
      const k = n % (x.size(-1) + 1)
      return x.topk(k, -1, { largest: n % 2 === 0 }).values
    }),
  ],
}
