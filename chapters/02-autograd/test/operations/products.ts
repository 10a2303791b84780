import { shaped } from '../inputs.ts'
import { type Cases, on } from './case.ts'

const vectors = shaped([[3], [3]])

/** Methods that multiply vectors and matrices. */
export const products: Cases = {
  matmul: [
    on(
      shaped([
        [2, 3],
        [3, 2],
      ]),
      ([a, b]) => a.matmul(b),
    ),
    on(shaped([[3], [3, 2]]), ([a, b]) => a.matmul(b)),
    on(shaped([[2, 3], [3]]), ([a, b]) => a.matmul(b)),
    on(vectors, ([a, b]) => a.matmul(b)),
    on(
      shaped([
        [2, 1, 3],
        [3, 2],
      ]),
      ([a, b]) => a.matmul(b),
    ),
    on(
      shaped([
        [2, 3],
        [2, 3, 1],
      ]),
      ([a, b]) => a.matmul(b),
    ),
    on(
      shaped([
        [2, 1, 1, 2],
        [3, 2, 1],
      ]),
      ([a, b]) => a.matmul(b),
    ),
    on(shaped([[3], [2, 3, 1]]), ([a, b]) => a.matmul(b)),
    on(shaped([[2, 3, 1], [1]]), ([a, b]) => a.matmul(b)),
    on(
      shaped([
        [2, 0],
        [0, 3],
      ]),
      ([a, b]) => a.matmul(b),
    ),
    on(
      shaped([
        [0, 2],
        [2, 3],
      ]),
      ([a, b]) => a.matmul(b),
    ),
    on(shaped([[3, 3]]), ([a]) => a.matmul(a)),
    on(shaped([[3, 2]]), ([a]) => a.matmul(a.t())),
  ],
  dot: [on(vectors, ([a, b]) => a.dot(b)), on(shaped([[3]]), ([a]) => a.dot(a))],
  outer: [
    on(shaped([[3], [2]]), ([a, b]) => a.outer(b)),
    on(shaped([[0], [2]]), ([a, b]) => a.outer(b)),
  ],
}
