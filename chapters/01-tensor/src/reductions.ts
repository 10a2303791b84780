import { checkNames, optionsOf } from './check-option.ts'
import { type DType, isFloatingPoint } from './dtype.ts'
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

/** Whether reduced axes are kept; refuses what is passed by its place, as in PyTorch. */
export function isKept(op: string, options?: KeepDim): boolean {
  if (options === undefined) return false
  const { keepdim = false } = optionsOf(op, options)
  checkNames(op, options, { keepdim })
  return keepdim
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

  /** The elements as another dtype: see stored.ts. */
  protected abstract to(dtype: DType): Self

  /**
   * Σ x, in int32 for int32 and bool.
   * @example
   * array([[1, 2], [3, 4]]).sum() // → array(10.)
   * array([[1, 2], [3, 4]]).sum(0) // → array([4., 6.])
   */
  sum(dim?: Dims, options?: KeepDim): Self {
    return this.reduce('sum', dim, isKept('sum', options))
  }

  /**
   * Π x, in int32 for int32 and bool.
   * @example array([2, 3, 4]).prod() // → array(24.)
   */
  prod(dim?: Dims, options?: KeepDim): Self {
    return this.reduce('prod', dim, isKept('prod', options))
  }

  /**
   * Whether any element is not 0; not so of none.
   * @example array([false, true]).any() // → array(true)
   */
  any(dim?: Dims, options?: KeepDim): Self {
    return this.reduce('any', dim, isKept('any', options))
  }

  /**
   * Whether no element is 0; so of none.
   * @example array([false, true]).all() // → array(false)
   */
  all(dim?: Dims, options?: KeepDim): Self {
    return this.reduce('all', dim, isKept('all', options))
  }

  /**
   * The largest element; NaN if there is one.
   * @throws ShapeError where there are no elements.
   * @example array([[1, 5], [7, 2]]).amax(1) // → array([5., 7.])
   */
  amax(dim?: Dims, options?: KeepDim): Self {
    return this.reduce('max', dim, isKept('amax', options))
  }

  /**
   * The smallest element; NaN if there is one.
   * @throws ShapeError where there are no elements.
   * @example array([[1, 5], [7, 2]]).amin(1) // → array([1., 2.])
   */
  amin(dim?: Dims, options?: KeepDim): Self {
    return this.reduce('min', dim, isKept('amin', options))
  }

  /**
   * Σ x / n.
   * @throws DTypeError where the elements have no fractions.
   * @example array([1, 2, 6]).mean() // → array(3.)
   */
  mean(dim?: Dims, options?: KeepDim): Self {
    const keepdim = isKept('mean', options)
    const count = this.#count(dim)
    return this.#inFloat32('mean', (x) => x.sum(dim, { keepdim }).div(count))
  }

  /**
   * Σ (x − mean)² / (n − correction).
   * @throws DTypeError where the elements have no fractions.
   * @example array([1, 2, 6]).var() // → array(7.)
   */
  var(dim?: Dims, options: VarianceOptions = {}): Self {
    const { correction = 1, keepdim = false } = optionsOf('var', options)
    checkNames('var', options, { correction, keepdim })
    const count = Math.max(0, this.#count(dim) - correction)
    return this.#inFloat32('var', (x) => {
      const deviation = x.sub(x.mean(dim, { keepdim: true }))
      return deviation.square().sum(dim, { keepdim }).div(count)
    })
  }

  /**
   * √var.
   * @example array([1, 2, 3]).std() // → array(1.)
   */
  std(dim?: Dims, options?: VarianceOptions): Self {
    return this.#inFloat32('std', (x) => x.var(dim, options).sqrt())
  }

  #count(dim: Dims): number {
    const axes = reducedAxes('mean', dim, this.ndim)
    return axes.reduce((count, axis) => count * this.shape[axis], 1)
  }

  /** What is found of float32: sums soon pass 65,504, the largest float16. */
  #inFloat32(op: string, find: (x: Self) => Self): Self {
    if (isFloatingPoint(this.dtype)) return find(this.to('float32')).to(this.dtype)
    throw new DTypeError(`${op}: needs float32, not ${this.dtype}: use .to('float32')`)
  }
}
