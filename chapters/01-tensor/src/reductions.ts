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
  abstract reduce(op: ReduceOp, dims: Dims, keepdim: boolean): Self
  abstract argReduce(op: ArgReduceOp, dim: number | undefined, keepdim: boolean): Self
  abstract gather(dim: number, index: Self): Self
  abstract cumsum(dim: number): Self
  /** The indices that would sort along `dim`; equal elements keep their order. */
  abstract argsort(dim?: number, descending?: boolean): Self

  /** Σ x, in int32 for int32 and bool. */
  sum(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('sum', dim, keepdim)
  }

  /** Π x */
  prod(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('prod', dim, keepdim)
  }

  /** Whether any element is not 0. */
  any(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('any', dim, keepdim)
  }

  /** Whether no element is 0. */
  all(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('all', dim, keepdim)
  }

  /** The largest element; NaN if there is one. */
  amax(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('max', dim, keepdim)
  }

  /** The smallest element; NaN if there is one. */
  amin(dim?: Dims, { keepdim = false }: KeepDim = {}): Self {
    return this.reduce('min', dim, keepdim)
  }

  /** Where the largest element stands along `dim`, or in row-major order; the first. */
  argmax(dim?: number, { keepdim = false }: KeepDim = {}): Self {
    return this.argReduce('argmax', dim, keepdim)
  }

  /** Where the smallest element stands along `dim`, or in row-major order; the first. */
  argmin(dim?: number, { keepdim = false }: KeepDim = {}): Self {
    return this.argReduce('argmin', dim, keepdim)
  }

  /** The largest of all elements; with `dim`, those along it and where they stand. */
  max(): Self
  max(dim: number, options?: KeepDim): ValuesAndIndices<Self>
  max(dim?: number, options?: KeepDim): Self | ValuesAndIndices<Self> {
    return dim === undefined ? this.amax() : this.#extreme('argmax', dim, options)
  }

  /** The smallest of all elements; with `dim`, those along it and where they stand. */
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

  /** Σ x / n */
  mean(dim?: Dims, options?: KeepDim): Self {
    this.#refuseIntegers('mean')
    return this.sum(dim, options).div(this.#count(dim))
  }

  /** Σ (x − mean)² / (n − correction) */
  var(dim?: Dims, { correction = 1, keepdim = false }: VarianceOptions = {}): Self {
    this.#refuseIntegers('var')
    const deviation = this.sub(this.mean(dim, { keepdim: true }))
    const count = Math.max(0, this.#count(dim) - correction)
    return deviation.square().sum(dim, { keepdim }).div(count)
  }

  /** √var */
  std(dim?: Dims, options?: VarianceOptions): Self {
    return this.var(dim, options).sqrt()
  }

  /** The elements in ascending order along `dim`, and where each stood; NaN is last. */
  sort(dim = -1, descending = false): ValuesAndIndices<Self> {
    const indices = this.argsort(dim, descending)
    return { values: this.gather(dim, indices), indices }
  }

  /** The k largest elements along `dim`, largest first, and where each stood. */
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
