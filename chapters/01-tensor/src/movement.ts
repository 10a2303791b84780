import { normalizeDim, type Shape, sizeOf } from './shape.ts'

/**
 * The seven ways to rearrange an array without touching its elements. Whoever gives
 * these (an array by strides, chapter 2's tensor with gradients) has all others, which
 * axes.ts and parts.ts write in terms of them.
 */
export abstract class Movement<Self extends Movement<Self>> {
  abstract readonly shape: Shape

  /** This, as what it is wherever it is used: no other class extends Movement<Self>. */
  protected get self(): Self {
    return this as unknown as Self
  }

  /**
   * The same elements, in row-major order, under another shape; one size may be −1.
   * @throws ShapeError where `shape` holds another number of elements.
   * @example
   * array([1, 2, 3, 4]).reshape([2, -1])
   * // → array([[1., 2.],
   * //          [3., 4.]])
   */
  abstract reshape(shape: Shape): Self
  /**
   * The axes in another order: axis i of the result is axis `dims[i]` of this.
   * @throws ShapeError where `dims` do not name each axis once.
   * @example zeros([2, 3, 4]).permute([2, 0, 1]).shape // → [4, 2, 3]
   */
  abstract permute(dims: readonly number[]): Self
  /**
   * Stretches axes of size 1 to `shape`, adding axes in front; −1 keeps a size.
   * @throws ShapeError where an axis of another size would have to stretch.
   * @example
   * array([1, 2]).expand([2, -1])
   * // → array([[1., 2.],
   * //          [1., 2.]])
   */
  abstract expand(shape: Shape): Self
  /**
   * Every `step`-th index of axis `dim` from `start` up to, without, `end`. Negative
   * indices count from the end, null means the edge, a negative step goes backwards.
   * @throws ValueError where `step` is 0.
   * @example
   * arange(6).slice(0, 1, 5, 2) // → array([1, 3])
   * arange(3).slice(0, null, null, -1) // → array([2, 1, 0])
   */
  abstract slice(
    dim: number,
    start?: number | null,
    end?: number | null,
    step?: number,
  ): Self
  /**
   * One index of axis `dim`, which disappears.
   * @throws IndexError where `index` is outside the axis.
   * @example array([[1, 2], [3, 4]]).select(0, 1) // → array([3., 4.])
   */
  abstract select(dim: number, index: number): Self
  /**
   * Elements whose indices on `dim1` and `dim2` differ by `offset`, as a last axis.
   * @example array([[1, 2], [3, 4]]).diagonal() // → array([1., 4.])
   */
  abstract diagonal(offset?: number, dim1?: number, dim2?: number): Self
  /**
   * Windows of `size` along `dim`, `step` apart: `[…, windows, …, size]`.
   * @throws ShapeError where no window fits.
   * @example
   * arange(5).unfold(0, 3, 1)
   * // → array([[0, 1, 2],
   * //          [1, 2, 3],
   * //          [2, 3, 4]])
   */
  abstract unfold(dim: number, size: number, step: number): Self

  /**
   * The number of axes.
   * @example zeros([2, 3]).ndim // → 2
   */
  get ndim(): number {
    return this.shape.length
  }

  /**
   * The number of elements.
   * @example zeros([2, 3]).numel() // → 6
   */
  numel(): number {
    return sizeOf(this.shape)
  }

  /**
   * The size of one axis.
   * @throws IndexError where there is no such axis.
   * @example zeros([2, 3]).size(-1) // → 3
   */
  size(dim: number): number {
    return this.shape[normalizeDim('size', dim, this.ndim)]
  }
}
