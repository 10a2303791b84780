import { checkTensor, randn, type Tensor } from '@deepdive/autograd'
import { checkFinite, formatShape, ShapeError } from '@deepdive/tensor'
import { type InitOptions, overwrite } from './fill.ts'

export interface OrthogonalOptions extends InitOptions {
  /** What the numbers are multiplied by. Default: 1. */
  readonly gain?: number
}

/**
 * Fills a weight with a random orthogonal matrix Q: its rows, or its columns where
 * there are more rows than columns, have length `gain` and are at right angles, so that
 * it turns vectors without stretching them (Saxe et al. 2014). Axes after the first
 * count as columns.
 *
 * @throws ShapeError where the weight has fewer than 2 axes.
 * @example
 * const q = init.orthogonal_(zeros([2, 3]))
 * q.matmul(q.t()).sub(eye(2)).abs().lt(1e-6).all().item() // → 1
 */
export function orthogonal_(
  x: Tensor,
  { gain = 1, ...options }: OrthogonalOptions = {},
): Tensor {
  checkTensor('orthogonal_', 'tensor', x)
  checkFinite('orthogonal_', { gain })
  if (x.ndim < 2) {
    throw new ShapeError(
      `orthogonal_: needs a weight of at least 2 axes, not ${formatShape(x.shape)}`,
    )
  }
  return overwrite('orthogonal_', x, () => {
    if (x.numel() === 0) return
    const rows = x.shape[0]
    const columns = x.numel() / rows
    const sides = [Math.min(rows, columns), Math.max(rows, columns)]
    const q = orthonormalize(randn(sides, { device: x.device, ...options }))
    x.copy_((rows > columns ? q.t() : q).reshape(x.shape)).mul_(gain)
  })
}

/**
 * Gram and Schmidt's process, on the rows of a matrix: from each, what lies along those
 * before it is taken away, twice, because the first time leaves rounding errors; what
 * remains is brought to length 1. All rotations are equally likely to come out.
 */
function orthonormalize(rows: Tensor): Tensor {
  for (let n = 0; n < rows.shape[0]; n++) {
    const row = rows.select(0, n)
    const before = rows.narrow(0, 0, n)
    for (let pass = 0; pass < 2 && n > 0; pass++) {
      row.sub_(before.t().matmul(before.matmul(row)))
    }
    row.div_(row.norm())
  }
  return rows
}
