import { describeValue } from './describe-value.ts'
import { ShapeError, ValueError } from './errors.ts'
import type { ArgReduceOp } from './kernels.ts'
import { isKept, type KeepDim, Reductions } from './reductions.ts'
import { formatShape, normalizeDim } from './shape.ts'

/** What `max(dim)`, `sort` and `topk` give: elements, and where they stood. */
export interface ValuesAndIndices<Self> {
  readonly values: Self
  readonly indices: Self
}

/** The largest, the smallest, all in order; and where each stands. */
export abstract class Extremes<Self extends Extremes<Self>> extends Reductions<Self> {
  /**
   * The place of the named extreme along `dim`, or in row-major order where undefined.
   * @example array([1, 9, 3]).argReduce('argmax', 0, false) // → array(1)
   */
  abstract argReduce(op: ArgReduceOp, dim: number | undefined, keepdim: boolean): Self

  /**
   * `out[i][j] = this[index[i][j]][j]` for dim 0, `this[i][index[i][j]]` for dim 1;
   * `out` has the shape of `index`, which is int32.
   * @throws IndexError where an index is outside the axis.
   * @example
   * array([5, 6, 7]).gather(0, array([2, 0], { dtype: 'int32' }))
   * // → array([7., 5.])
   */
  abstract gather(dim: number, index: Self): Self

  /**
   * The indices that would sort along `dim`; equal elements keep their order.
   * @example array([3, 1, 2]).argsort() // → array([1, 2, 0])
   */
  abstract argsort(dim?: number, descending?: boolean): Self

  /**
   * Where the largest element stands along `dim`, or in row-major order; the first.
   * @example array([[1, 5], [7, 2]]).argmax(1) // → array([1, 0])
   */
  argmax(dim?: number, options?: KeepDim): Self {
    return this.argReduce('argmax', dim, isKept('argmax', options))
  }

  /**
   * Where the smallest element stands along `dim`, or in row-major order; the first.
   * @example array([[1, 5], [7, 2]]).argmin() // → array(0)
   */
  argmin(dim?: number, options?: KeepDim): Self {
    return this.argReduce('argmin', dim, isKept('argmin', options))
  }

  /**
   * The largest of all elements; with `dim`, those along it and where they stand.
   * @example
   * array([1, 9, 3]).max() // → array(9.)
   * array([1, 9, 3]).max(0) // → { values: array(9.), indices: array(1) }
   */
  max(): Self
  max(dim: number, options?: KeepDim): ValuesAndIndices<Self>
  max(dim?: number, options?: KeepDim): Self | ValuesAndIndices<Self> {
    return dim === undefined ? this.amax() : this.#extreme('max', dim, options)
  }

  /**
   * The smallest of all elements; with `dim`, those along it and where they stand.
   * @example
   * array([4, 1, 3]).min() // → array(1.)
   * array([4, 1, 3]).min(0) // → { values: array(1.), indices: array(1) }
   */
  min(): Self
  min(dim: number, options?: KeepDim): ValuesAndIndices<Self>
  min(dim?: number, options?: KeepDim): Self | ValuesAndIndices<Self> {
    return dim === undefined ? this.amin() : this.#extreme('min', dim, options)
  }

  #extreme(op: 'max' | 'min', dim: number, options?: KeepDim) {
    const keepdim = isKept(op, options)
    if (typeof dim !== 'number') {
      throw new ValueError(
        `${op}: dim is ${describeValue(dim)}: give a number; the ${op} of two arrays is ` +
          `x.${op}imum(other)`,
      )
    }
    normalizeDim(op, dim, this.ndim || 1)
    if (this.ndim === 0) {
      const indices = this.argReduce(`arg${op}`, undefined, false)
      return { values: this.reshape([]), indices }
    }
    const indices = this.argReduce(`arg${op}`, dim, true)
    const values = this.gather(dim, indices)
    if (keepdim) return { values, indices }
    return { values: values.squeeze(dim), indices: indices.squeeze(dim) }
  }

  /**
   * The elements in ascending order along `dim`, and where each stood; NaN is last.
   * @example
   * array([3, 1, 2]).sort()
   * // → { values: array([1., 2., 3.]), indices: array([1, 2, 0]) }
   */
  sort(dim = -1, descending = false): ValuesAndIndices<Self> {
    const indices = this.argsort(dim, descending)
    return { values: this.gather(dim, indices), indices }
  }

  /**
   * The k largest elements along `dim`, largest first, and where each stood.
   * @throws ShapeError where there are no k elements.
   * @example
   * array([3, 1, 2]).topk(2)
   * // → { values: array([3., 2.]), indices: array([0, 2]) }
   */
  topk(
    k: number,
    dim = -1,
    { largest = true }: { readonly largest?: boolean } = {},
  ): ValuesAndIndices<Self> {
    if (!(Number.isInteger(k) && k >= 0 && k <= this.size(dim))) {
      throw new ShapeError(
        `topk: there are no ${k} elements along axis ${dim} of ${formatShape(this.shape)}`,
      )
    }
    const indices = this.argsort(dim, largest).narrow(dim, 0, k)
    return { values: this.gather(dim, indices), indices }
  }
}
