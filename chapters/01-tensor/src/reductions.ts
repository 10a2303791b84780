import type { DType } from './dtype.ts'
import { Elementwise } from './elementwise.ts'
import { DTypeError, ShapeError } from './errors.ts'
import type { ArgReduceOp, ReduceOp } from './kernels.ts'
import { formatShape, normalizeDims } from './shape.ts'

/** One axis, several, or all where undefined. */
export type Dims = number | readonly number[] | undefined

export interface KeepDim {
  /** Keep reduced axes, with size 1. Default: false. */
  readonly keepdim?: boolean
}

export interface VarianceOptions extends KeepDim {
  /** Divide by the count less this: 1 estimates from a sample. Default: 1. */
  readonly correction?: number
}

/** What `max(dim)`, `sort` and `topk` give: elements, and where they stood. */
export interface ValuesAndIndices<Self> {
  readonly values: Self
  readonly indices: Self
}

/** Many elements become one: along `dim`, an axis or a list of axes, or over all. */
export abstract class Reductions<
  Self extends Reductions<Self>,
> extends Elementwise<Self> {
  abstract readonly dtype: DType
  /**
   * The named reduction over `dims`; the methods below say the same by their names.
   * @example array([1, 2, 3]).reduce('sum', 0, false) // → array(6.)
   */
  abstract reduce(op: ReduceOp, dims: Dims, keepdim: boolean): Self
  /**
   * The place of the named extreme along `dim`, or in row-major order where undefined.
   * @example array([1, 9, 3]).argReduce('argmax', 0, false) // → array(1)
   */
  abstract argReduce(op: ArgReduceOp, dim: number | undefined, keepdim: boolean): Self
  /**
   * `out[i][j] = this[index[i][j]][j]` for dim 0, `this[i][index[i][j]]` for dim 1;
   * `out` has the shape of `index`, which is int32.
   * @throws IndexError where an index is outside the axis.
   * @example array([5, 6, 7]).gather(0, array([2, 0], { dtype: 'int32' })) // → array([7., 5.])
   */
  abstract gather(dim: number, index: Self): Self
  /**
   * Sums of the elements up to each place along `dim`.
   * @example array([1, 2, 3]).cumsum(0) // → array([1., 3., 6.])
   */
  abstract cumsum(dim: number): Self
  /**
   * The indices that would sort along `dim`; equal elements keep their order.
   * @example array([3, 1, 2]).argsort() // → array([1, 2, 0])
   */
  abstract argsort(dim?: number, descending?: boolean): Self

  /**
   * Σ x, in int32 for int32 and bool.
   * @example
   * array([[1, 2], [3, 4]]).sum() // → array(10.)
   * array([[1, 2], [3, 4]]).sum(0) // → array([4., 6.])
   */
  sum(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('sum', dim, keepdim)
  }

  /**
   * Π x, in int32 for int32 and bool.
   * @example array([2, 3, 4]).prod() // → array(24.)
   */
  prod(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('prod', dim, keepdim)
  }

  /**
   * Whether any element is not 0; not so of none.
   * @example array([false, true]).any() // → array(true)
   */
  any(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('any', dim, keepdim)
  }

  /**
   * Whether no element is 0; so of none.
   * @example array([false, true]).all() // → array(false)
   */
  all(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('all', dim, keepdim)
  }

  /**
   * The largest element; NaN if there is one.
   * @throws ShapeError where there are no elements.
   * @example array([[1, 5], [7, 2]]).amax(1) // → array([5., 7.])
   */
  amax(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('max', dim, keepdim)
  }

  /**
   * The smallest element; NaN if there is one.
   * @throws ShapeError where there are no elements.
   * @example array([[1, 5], [7, 2]]).amin(1) // → array([1., 2.])
   */
  amin(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('min', dim, keepdim)
  }

  /**
   * Where the largest element stands along `dim`, or in row-major order; the first.
   * @example array([[1, 5], [7, 2]]).argmax(1) // → array([1, 0])
   */
  argmax(dim?: number, { keepdim = false }: KeepDim = {}): Self {
    return this.argReduce('argmax', dim, keepdim)
  }

  /**
   * Where the smallest element stands along `dim`, or in row-major order; the first.
   * @example array([[1, 5], [7, 2]]).argmin() // → array(0)
   */
  argmin(dim?: number, { keepdim = false }: KeepDim = {}): Self {
    return this.argReduce('argmin', dim, keepdim)
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
    return dim === undefined ? this.amax() : this.#extreme('argmax', dim, options)
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
    return dim === undefined ? this.amin() : this.#extreme('argmin', dim, options)
  }

  #extreme(op: ArgReduceOp, dim: number, { keepdim = false }: KeepDim = {}) {
    if (this.ndim === 0) {
      return { values: this.reshape([]), indices: this.argReduce(op, undefined, false) }
    }
    const indices = this.argReduce(op, dim, true)
    const values = this.gather(dim, indices)
    if (keepdim) return { values, indices }
    return { values: values.squeeze(dim), indices: indices.squeeze(dim) }
  }

  /**
   * Σ x / n.
   * @throws DTypeError where the elements are not float32.
   * @example array([1, 2, 6]).mean() // → array(3.)
   */
  mean(dim?: Dims, options?: KeepDim): Self {
    this.#refuseIntegers('mean')
    return this.sum(dim, options).div(this.#count(dim))
  }

  /**
   * Σ (x − mean)² / (n − correction).
   * @throws DTypeError where the elements are not float32.
   * @example array([1, 2, 6]).var() // → array(7.)
   */
  var(dim?: Dims, { correction = 1, keepdim = false }: VarianceOptions = {}): Self {
    this.#refuseIntegers('var')
    const deviation = this.sub(this.mean(dim, { keepdim: true }))
    const count = Math.max(0, this.#count(dim) - correction)
    return deviation.square().sum(dim, { keepdim }).div(count)
  }

  /**
   * √var.
   * @example array([1, 2, 3]).std() // → array(1.)
   */
  std(dim?: Dims, options?: VarianceOptions): Self {
    return this.var(dim, options).sqrt()
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

  #count(dim: Dims): number {
    const axes = normalizeDims('mean', dim, this.ndim)
    return axes.reduce((count, axis) => count * this.shape[axis], 1)
  }

  #refuseIntegers(op: string): void {
    if (this.dtype === 'float32') return
    throw new DTypeError(`${op}: needs float32, not ${this.dtype}: use .to('float32')`)
  }
}
