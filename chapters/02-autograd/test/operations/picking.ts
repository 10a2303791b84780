import type { Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import { indices, leaf, mask, one, real, shaped, shapes } from '../inputs.ts'
import { any, axis, type Cases, filledAxis, on, withAxis } from './case.ts'

const table = shaped([[3, 5]])

/** A tensor, and another of the same shape to put into it. */
const withSource = shapes({ axes: 1, empty: false }).chain((shape) =>
  fc.tuple(leaf(shape, real), leaf(shape, real)),
)

/** Each index of an axis once, in another order, so that no two sources meet. */
function rotation(shape: Shape, dim: number, by: number) {
  const length = shape.at(dim) ?? 1
  const along = shape.map((_, at) =>
    at === (dim + shape.length) % shape.length ? length : 1,
  )
  return indices(along, length, by, 1).expand(shape)
}

/** Methods that take elements from, and put them to, the places that tensors name. */
export const picking: Cases = {
  gather: [
    on(filledAxis, ([x], n) =>
      x.gather(axis(x, n), indices(x.shape, x.size(axis(x, n)), n)),
    ),
    on(table, ([x], n) => x.gather(1, indices([2, 7], 5, n))),
    on(table, ([x]) => x.gather(0, indices([0, 2], 3, 0))),
    on(shaped([[]]), ([x]) => x.gather(0, indices([], 1, 0))),
  ],
  scatter: [
    on(withSource, ([x, y], n) =>
      x.scatter(axis(x, n), rotation(x.shape, axis(x, n), n), y),
    ),
    on(table, ([x], n) => x.scatter(1, indices([2, 4], 5, n), 3)),
  ],
  scatterAdd: [
    on(withSource, ([x, y], n) => {
      const dim = axis(x, n)
      return x.scatterAdd(dim, indices(x.shape, x.size(dim), n), y)
    }),
    on(shaped([[3], [5]]), ([x, y], n) => x.scatterAdd(0, indices([4], 3, n), y)),
  ],
  indexSelect: [
    on(filledAxis, ([x], n) =>
      x.indexSelect(axis(x, n), indices([3], x.size(axis(x, n)), n)),
    ),
    on(withAxis, ([x], n) => x.indexSelect(axis(x, n), indices([0], 1, 0))),
  ],
  at: [
    on(table, ([x]) => x.at(1, [1, 4])),
    on(table, ([x]) => x.at('...', null, [null, null, -2])),
    on(table, ([x], n) => x.at(indices([2, 2], 3, n))),
    on(table, ([x], n) => x.at(indices([2], 3, n), indices([3, 1], 5, n))),
    on(table, ([x], n) => x.at([null, null, 2], indices([3], 5, n))),
    on(any, ([x], n) => (x.ndim === 0 ? x : x.at(mask(x.shape, n)))),
    on(one({ axes: 1 }), ([x], n) => x.at(mask([x.shape[0]], n), '...')),
  ],
}
