import { describeValue } from './describe-value.ts'
import { ShapeError, ValueError } from './errors.ts'
import { Extremes } from './extremes.ts'
import { formatShape } from './shape.ts'

/** Products of vectors, matrices and batches of matrices. */
export abstract class Products<Self extends Products<Self>> extends Extremes<Self> {
  /** [..., n, k] · [..., k, m] → [..., n, m]; the axes in front broadcast. */
  protected abstract multiplyMatrices(other: Self): Self

  /**
   * Σₖ a[…, i, k] · b[…, k, j]. Vectors count as a row on the left and as a column on
   * the right; axes before the last two broadcast.
   *
   * @throws ShapeError where the inner sizes differ.
   * @example array([[1, 2], [3, 4]]).matmul(array([10, 1])) // → array([12., 34.])
   */
  matmul(other: Self): Self {
    const a = this.self
    checkProduct(other)
    const inner = other.shape[Math.max(0, other.ndim - 2)]
    if (a.ndim === 0 || other.ndim === 0 || a.shape[a.ndim - 1] !== inner) {
      throw mismatch(a, other, inner)
    }
    if (a.ndim === 1)
      return a
        .unsqueeze(0)
        .matmul(other)
        .squeeze(other.ndim === 1 ? 0 : -2)
    if (other.ndim === 1) return a.matmul(other.unsqueeze(1)).squeeze(-1)
    if (other.ndim > 2 || a.ndim === 2) return a.multiplyMatrices(other)
    const rows = a.flatten(0, -2).multiplyMatrices(other)
    return rows.unflatten(0, a.shape.slice(0, -1))
  }

  /**
   * Σ aᵢ · bᵢ of two vectors.
   * @throws ShapeError where one is no vector, or the lengths differ.
   * @example array([1, 2]).dot(array([3, 4])) // → array(11.)
   */
  dot(other: Self): Self {
    if (this.ndim === 1 && other.ndim === 1) return this.matmul(other)
    throw new ShapeError(
      `dot: needs two vectors, not ${formatShape(this.shape)} and ` +
        `${formatShape(other.shape)}: use matmul`,
    )
  }

  /**
   * aᵢ · bⱼ of two vectors, as a matrix.
   * @throws ShapeError where one is no vector.
   * @example
   * array([1, 2]).outer(array([3, 4]))
   * // → array([[3., 4.],
   * //          [6., 8.]])
   */
  outer(other: Self): Self {
    if (this.ndim === 1 && other.ndim === 1) return this.unsqueeze(1).mul(other)
    throw new ShapeError(
      `outer: needs two vectors, not ${formatShape(this.shape)} and ` +
        `${formatShape(other.shape)}`,
    )
  }

  /**
   * The elements on and below a diagonal of the last two axes; 0 above it.
   * @example
   * ones([2, 2]).tril()
   * // → array([[1., 0.],
   * //          [1., 1.]])
   */
  abstract tril(diagonal?: number): Self

  /**
   * The elements on and above a diagonal of the last two axes; 0 below it.
   * @example
   * ones([2, 2]).triu(1)
   * // → array([[0., 1.],
   * //          [0., 0.]])
   */
  abstract triu(diagonal?: number): Self
}

function checkProduct(other: unknown): void {
  if (other instanceof Products) return
  throw new ValueError(
    `matmul: the other operand is ${describeValue(other)}, no array: for a number use mul`,
  )
}

function mismatch<Self extends Products<Self>>(a: Self, b: Self, inner: number) {
  const reason =
    a.ndim === 0 || b.ndim === 0
      ? 'a single number is no matrix; use mul'
      : `the inner sizes differ (${a.shape[a.ndim - 1]} vs ${inner})`
  return new ShapeError(
    `matmul: cannot multiply ${formatShape(a.shape)} by ${formatShape(b.shape)}: ${reason}`,
  )
}
