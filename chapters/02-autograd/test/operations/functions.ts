import { cat, einsum, pad, stack, where } from '../../src/index.ts'
import { broadcast, mask, real, shaped } from '../inputs.ts'
import { any, axis, type Cases, on, withAxis } from './case.ts'

const matrices = shaped([
  [2, 3],
  [3, 2],
])

/** Functions that stand by themselves. */
export const functions: Cases = {
  cat: [
    on(
      shaped([
        [2, 3],
        [0, 3],
        [1, 3],
      ]),
      (xs) => cat(xs),
    ),
    on(withAxis, ([x], n) => cat([x, x.mul(2), x], axis(x, n))),
  ],
  stack: [on(any, ([x], n) => stack([x, x.mul(2)], n % (x.ndim + 1)))],
  pad: [
    on(withAxis, ([x], n) => pad(x, [n % 3, 1], { value: n })),
    on(shaped([[3, 2]]), ([x]) => pad(x, [1, -1, -1, 2])),
    on(shaped([[3, 4]]), ([x]) => pad(x, [3, 2, 1, 0], { mode: 'reflect' })),
    on(shaped([[3, 4]]), ([x]) => pad(x, [5, 0, 1, 7], { mode: 'replicate' })),
    on(shaped([[3, 4]]), ([x]) => pad(x, [4, 1, 0, 3], { mode: 'circular' })),
  ],
  where: [
    on(broadcast(real, real), ([a, b], n) => where(mask(a.shape, n), a, b)),
    on(any, ([x], n) => where(mask(x.shape, n), x, 1.5)),
    on(any, ([x], n) => where(mask(x.shape, n), -1, x)),
  ],
  einsum: [
    on(matrices, ([a, b]) => einsum('ij,jk', a, b)),
    on(matrices, ([a, b]) => einsum('ij,jk->', a, b)),
    on(matrices, ([a, b]) => einsum('ij,ji->ij', a, b)),
    on(shaped([[3, 3]]), ([x]) => einsum('ii', x)),
    on(shaped([[3, 3]]), ([x]) => einsum('ii->i', x)),
    on(
      shaped([
        [2, 1, 3],
        [2, 3, 2],
      ]),
      ([a, b]) => einsum('bij,bjk->bik', a, b),
    ),
    on(
      shaped([
        [2, 1, 3],
        [3, 2],
      ]),
      ([a, b]) => einsum('...j,jk->k...', a, b),
    ),
    on(shaped([[2], [3], [2]]), ([a, b, c]) => einsum('i,j,i->ij', a, b, c)),
    on(shaped([[1], [3]]), ([a, b]) => einsum('i,i->i', a, b)),
  ],
}
