import { ShapeError } from './errors.ts'
import { Movement } from './movement.ts'
import { formatShape, normalizeDim, type Shape, sizeOf } from './shape.ts'

/** Axes in another order, added, removed, joined and split. */
export abstract class Axes<Self extends Axes<Self>> extends Movement<Self> {
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
    const axis = dim === undefined ? -1 : normalizeDim('squeeze', dim, this.ndim || 1)
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
}
