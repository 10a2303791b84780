import type {
  ArgReduceOp,
  BinaryOp,
  Dims,
  NDArray,
  ReduceOp,
  Shape,
  UnaryOp,
} from '@deepdive/tensor'
import { checkBounds, isFloatingPoint, reducedAxes, sizeOf } from '@deepdive/tensor'
import { Functions } from './functions.ts'
import type { Op } from './op.ts'
import { binaryOps } from './ops/binary.ts'
import * as choose from './ops/choose.ts'
import { matmul } from './ops/matmul.ts'
import * as movement from './ops/movement.ts'
import * as pick from './ops/pick.ts'
import * as reduce from './ops/reduce.ts'
import { unaryOps } from './ops/unary.ts'
import type { Tensor } from './tensor.ts'

/** The primitives of chapter 1's methods, each an operation with its gradient. */
export abstract class Primitives extends Functions {
  abstract readonly array: NDArray
  /**
   * Applies an operation to this tensor and others, and records that it did.
   *
   * @example
   * const twice = { name: 'twice', forward: (x) => x.add(x), gradient: (g) => [g.mul(2)] }
   * tensor(3, { requiresGrad: true }).apply(twice) // → tensor(6., gradFn=<twice>)
   */
  abstract apply(op: Op, ...others: readonly Tensor[]): Tensor
  /** A number as a tensor beside this one. */
  protected abstract operand(op: string, value: Tensor | number): Tensor
  abstract newZeros(shape: Shape): Tensor

  unary(op: UnaryOp): Tensor {
    return this.apply(unaryOps[op])
  }

  binary(op: BinaryOp, other: Tensor | number): Tensor {
    return this.apply(binaryOps[op], this.operand(op, other))
  }

  where(this: Tensor, condition: Tensor, other: Tensor | number): Tensor {
    return condition.apply(choose.where, this, this.operand('where', other))
  }

  override clamp(min: number | null = null, max: number | null = null): Tensor {
    checkBounds(min, max)
    return this.apply(choose.clamp(min, max))
  }

  reshape(shape: Shape): Tensor {
    return this.apply(movement.reshape(shape))
  }

  permute(dims: readonly number[]): Tensor {
    return this.apply(movement.permute(dims))
  }

  expand(shape: Shape): Tensor {
    return this.apply(movement.expand(shape))
  }

  slice(
    dim: number,
    start: number | null = null,
    end: number | null = null,
    step = 1,
  ): Tensor {
    const view = (x: NDArray) => x.slice(dim, start, end, step)
    return this.apply(movement.pick('slice', view, { dim, start, end, step }))
  }

  select(dim: number, index: number): Tensor {
    const view = (x: NDArray) => x.select(dim, index)
    return this.apply(movement.pick('select', view, { dim, index }))
  }

  diagonal(offset = 0, dim1 = 0, dim2 = 1): Tensor {
    const view = (x: NDArray) => x.diagonal(offset, dim1, dim2)
    return this.apply(movement.pick('diagonal', view, { offset, dim1, dim2 }))
  }

  unfold(dim: number, size: number, step: number): Tensor {
    return this.apply(movement.unfold(dim, size, step))
  }

  reduce(op: ReduceOp, dims: Dims, keepdim: boolean): Tensor {
    if (op === 'sum') return this.apply(reduce.sum(dims, keepdim))
    if (op === 'max' || op === 'min')
      return this.apply(reduce.extreme(op, dims, keepdim))
    if (op === 'prod' && isFloatingPoint(this.dtype))
      return this.#product(dims, keepdim)
    return this.apply(reduce.question(op, dims, keepdim))
  }

  #product(dims: Dims, keepdim: boolean): Tensor {
    const axes = reducedAxes('prod', dims, this.ndim)
    const kept = this.shape
      .map((_, axis) => axis)
      .filter((axis) => !axes.includes(axis))
    const shape = kept.map((axis) => this.shape[axis])
    const count = sizeOf(axes.map((axis) => this.shape[axis]))
    const rows = this.permute([...kept, ...axes]).reshape([...shape, count])
    const product = reduce.productTree(rows)
    if (!keepdim) return product
    return product.reshape(this.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)))
  }

  argReduce(op: ArgReduceOp, dim: number | undefined, keepdim: boolean): Tensor {
    const forward = (x: NDArray) => x.argReduce(op, dim, keepdim)
    return this.apply({ name: op, settings: { dim, keepdim }, forward })
  }

  argsort(dim = -1, descending = false): Tensor {
    const forward = (x: NDArray) => x.argsort(dim, descending)
    return this.apply({ name: 'argsort', settings: { dim, descending }, forward })
  }

  placesOn(dim: number, index: Tensor): Tensor {
    const forward = (i: NDArray) => this.array.placesOn(dim, i)
    return index.apply({ name: 'at', settings: { extent: this.size(dim) }, forward })
  }

  nonzero(): Tensor {
    return this.apply({ name: 'nonzero', forward: (x) => x.nonzero() })
  }

  cumsum(dim: number): Tensor {
    return this.apply(reduce.cumsum(dim))
  }

  gather(dim: number, index: Tensor): Tensor {
    return this.apply(pick.gather(dim), index)
  }

  /**
   * This tensor with `source` put to the places that `index` names along `dim`.
   *
   * @example
   * tensor([1, 2, 3]).scatter(0, tensor([0], { dtype: 'int32' }), 9)
   * // → tensor([9., 2., 3.])
   */
  scatter(dim: number, index: Tensor, source: Tensor | number): Tensor {
    const values =
      typeof source === 'number'
        ? this.newZeros([]).fill_(source).expand(index.shape)
        : start(source, index.shape)
    return this.apply(pick.scatter(dim), index, values)
  }

  /**
   * This tensor with `source` added to the places that `index` names along `dim`.
   *
   * @example
   * tensor([1, 2]).scatterAdd(0, tensor([1, 1], { dtype: 'int32' }), tensor([10, 20]))
   * // → tensor([ 1., 32.])
   */
  scatterAdd(dim: number, index: Tensor, source: Tensor): Tensor {
    return this.apply(pick.scatterAdd(dim), index, start(source, index.shape))
  }

  tril(diagonal = 0): Tensor {
    return this.apply(choose.tril(diagonal))
  }

  triu(diagonal = 0): Tensor {
    return this.apply(choose.triu(diagonal))
  }

  protected multiplyMatrices(other: Tensor): Tensor {
    return this.apply(matmul, other)
  }
}

/**
 * The part of x at the start of each axis that has the given shape, where x is larger.
 */
function start(x: Tensor, shape: Shape): Tensor {
  return shape.reduce(
    (part, length, axis) =>
      part.shape[axis] > length ? part.narrow(axis, 0, length) : part,
    x,
  )
}
