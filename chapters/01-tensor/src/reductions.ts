import { Elementwise } from './elementwise.ts'
import { DTypeError } from './errors.ts'
import type { ReduceOp } from './kernels.ts'
import { reducedAxes } from './shape.ts'

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

/** Many elements become one: along `dim`, an axis or a list of axes, or over all. */
export abstract class Reductions<
  Self extends Reductions<Self>,
> extends Elementwise<Self> {
  /**
   * The named reduction over `dims`; the methods below say the same by their names.
   * @example array([1, 2, 3]).reduce('sum', 0, false) // → array(6.)
   */
  abstract reduce(op: ReduceOp, dims: Dims, keepdim: boolean): Self

  /**
   * Sums of the elements up to each place along `dim`.
   * @example array([1, 2, 3]).cumsum(0) // → array([1., 3., 6.])
   */
  abstract cumsum(dim: number): Self

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

  #count(dim: Dims): number {
    const axes = reducedAxes('mean', dim, this.ndim)
    return axes.reduce((count, axis) => count * this.shape[axis], 1)
  }

  #refuseIntegers(op: string): void {
    if (this.dtype === 'float32') return
    throw new DTypeError(`${op}: needs float32, not ${this.dtype}: use .to('float32')`)
  }
}
