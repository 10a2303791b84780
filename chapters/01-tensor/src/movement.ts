import { IndexError, ShapeError } from './errors.ts'
import { formatShape, normalizeDim, type Shape, sizeOf } from './shape.ts'

/**
 * Everything that rearranges an array without touching its elements, written in terms
 * of seven primitives. Whoever gives these (an array by strides, chapter 2's tensor
 * with gradients) has the rest.
 */
export abstract class Movement<Self extends Movement<Self>> {
  abstract readonly shape: Shape

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

  /**
   * Exchanges two axes.
   * @example zeros([2, 3, 4]).transpose(0, -1).shape // → [4, 3, 2]
   */
  transpose(dim0: number, dim1: number): Self {
    const a = normalizeDim('transpose', dim0, this.ndim)
    const b = normalizeDim('transpose', dim1, this.ndim)
    const order = this.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis))
    return this.permute(order)
  }

  /**
   * A matrix transposed; 0- and 1-dimensional arrays as they are.
   * @throws ShapeError where there are more than two axes.
   * @example
   * array([[1, 2], [3, 4]]).t()
   * // → array([[1., 3.],
   * //          [2., 4.]])
   */
  t(): Self {
    if (this.ndim > 2) {
      throw new ShapeError(
        `t: ${formatShape(this.shape)} is no matrix: use transpose(dim0, dim1)`,
      )
    }
    return this.permute(this.shape.map((_, axis) => this.ndim - 1 - axis))
  }

  /**
   * Moves one axis to another place; the others keep their order.
   * @example zeros([2, 3, 4]).movedim(0, -1).shape // → [3, 4, 2]
   */
  movedim(source: number, destination: number): Self {
    const from = normalizeDim('movedim', source, this.ndim)
    const to = normalizeDim('movedim', destination, this.ndim)
    const order = this.shape.map((_, axis) => axis)
    order.splice(to, 0, ...order.splice(from, 1))
    return this.permute(order)
  }

  /**
   * Removes `dim` if its size is 1; without `dim`, every axis of size 1.
   * @example
   * zeros([1, 2, 1]).squeeze().shape // → [2]
   * zeros([1, 2, 1]).squeeze(0).shape // → [2, 1]
   */
  squeeze(dim?: number): Self {
    const axis = dim === undefined ? -1 : normalizeDim('squeeze', dim, this.ndim)
    return this.reshape(
      this.shape.filter((n, at) => n !== 1 || (axis >= 0 && at !== axis)),
    )
  }

  /**
   * Adds an axis of size 1 at `dim`; −1 adds it at the end.
   * @example zeros([2, 3]).unsqueeze(1).shape // → [2, 1, 3]
   */
  unsqueeze(dim: number): Self {
    const axis = normalizeDim('unsqueeze', dim, this.ndim + 1)
    return this.reshape(this.shape.toSpliced(axis, 0, 1))
  }

  /**
   * Makes one axis of those from `startDim` to `endDim`.
   * @example zeros([2, 3, 4]).flatten(1).shape // → [2, 12]
   */
  flatten(startDim = 0, endDim = -1): Self {
    if (this.ndim === 0) return this.reshape([1])
    const start = normalizeDim('flatten', startDim, this.ndim)
    const end = normalizeDim('flatten', endDim, this.ndim)
    if (start > end) {
      throw new ShapeError(`flatten: startDim ${startDim} comes after endDim ${endDim}`)
    }
    const joined = sizeOf(this.shape.slice(start, end + 1))
    return this.reshape(this.shape.toSpliced(start, end - start + 1, joined))
  }

  /**
   * Splits one axis into several; one of `sizes` may be −1.
   * @throws ShapeError where `sizes` do not multiply to the size of the axis.
   * @example zeros([2, 12]).unflatten(1, [3, -1]).shape // → [2, 3, 4]
   */
  unflatten(dim: number, sizes: Shape): Self {
    const axis = normalizeDim('unflatten', dim, this.ndim)
    const known = sizeOf(sizes.filter((n) => n !== -1))
    const inferred = sizes.map((n) => (n === -1 ? this.shape[axis] / known : n))
    if (sizeOf(inferred) !== this.shape[axis] || !inferred.every(Number.isInteger)) {
      throw new ShapeError(
        `unflatten: cannot split axis ${dim} of size ${this.shape[axis]} ` +
          `into ${formatShape(sizes)}`,
      )
    }
    return this.reshape(this.shape.toSpliced(axis, 1, ...inferred))
  }

  /**
   * Reverses the order along each of `dims`.
   * @example array([1, 2, 3]).flip(0) // → array([3., 2., 1.])
   */
  flip(dims: number | readonly number[]): Self {
    const list = typeof dims === 'number' ? [dims] : dims
    return list.reduce(
      (x: Movement<Self>, dim) => x.slice(dim, null, null, -1),
      this,
    ) as Self
  }

  /**
   * `length` indices of `dim`, from `start`.
   * @throws IndexError where they reach outside the axis.
   * @example arange(5).narrow(0, 1, 3) // → array([1, 2, 3])
   */
  narrow(dim: number, start: number, length: number): Self {
    const extent = this.size(dim)
    const first = start < 0 ? start + extent : start
    if (!(first >= 0 && length >= 0 && first + length <= extent)) {
      throw new IndexError(
        `narrow: ${length} from ${start} reach outside axis ${dim} of size ${extent}`,
      )
    }
    return this.slice(dim, first, first + length)
  }

  /**
   * Consecutive parts along `dim`: of one size (the last may be smaller), or of each.
   * @throws ShapeError where the sizes do not add up to the axis.
   * @example arange(5).split(2) // → [array([0, 1]), array([2, 3]), array([4])]
   */
  split(splitSize: number | readonly number[], dim = 0): Self[] {
    const extent = this.size(dim)
    const sizes = typeof splitSize === 'number' ? parts(extent, splitSize) : splitSize
    if (sizes.reduce((sum, n) => sum + n, 0) !== extent) {
      throw new ShapeError(
        `split: parts of [${sizes.join(', ')}] do not add up to axis ${dim} of ${extent}`,
      )
    }
    let start = 0
    return sizes.map((length) => {
      start += length
      return this.narrow(dim, start - length, length)
    })
  }

  /**
   * At most `chunks` consecutive parts of equal size (the last may be smaller).
   * @example arange(5).chunk(2) // → [array([0, 1, 2]), array([3, 4])]
   */
  chunk(chunks: number, dim = 0): Self[] {
    if (!(Number.isInteger(chunks) && chunks > 0)) {
      throw new ShapeError(`chunk: ${chunks} parts: the number must be whole and > 0`)
    }
    return this.split(Math.max(1, Math.ceil(this.size(dim) / chunks)), dim)
  }
}

function parts(extent: number, size: number): number[] {
  if (!(Number.isInteger(size) && size > 0)) {
    throw new ShapeError(`split: a part of size ${size}: it must be whole and > 0`)
  }
  const count = Math.max(1, Math.ceil(extent / size))
  return Array.from({ length: count }, (_, n) => Math.min(size, extent - n * size))
}
