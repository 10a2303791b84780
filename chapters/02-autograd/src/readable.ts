import type { Device, DType, NestedArray, TypedArray } from '@deepdive/tensor'
import { InPlace } from './in-place.ts'
import * as movement from './ops/movement.ts'
import type { Tensor } from './tensor.ts'

/** Copying a tensor, and reading its elements. */
export abstract class Readable extends InPlace {
  /**
   * The tensor as another dtype, or on another device; itself if it is so already.
   *
   * @example
   * tensor([0.5, 2]).to('int32') // → tensor([0, 2])
   */
  to(this: Tensor, target: DType | Device): Tensor {
    if (target === this.dtype || target === this.device) return this
    return this.apply(movement.to(target))
  }

  /**
   * A copy in memory of its own; the gradient flows through.
   *
   * @example
   * const x = tensor([1, 2])
   * x.clone().fill_(0)
   * x // → tensor([1., 2.])
   */
  clone(): Tensor {
    return this.apply(movement.clone)
  }

  /**
   * This tensor if its elements lie in row-major order without gaps, else a copy.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).t().contiguous().array.strides // → [2, 1]
   */
  contiguous(this: Tensor): Tensor {
    return this.array.isContiguous() ? this : this.clone()
  }

  /**
   * The one element of a tensor of size 1; a bool as 0 or 1.
   *
   * @throws ShapeError where there is not just one element.
   * @example
   * tensor([1, 2]).sum().item() // → 3
   */
  item(): number {
    return this.array.item()
  }

  /**
   * The elements as nested arrays of numbers, or of booleans.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).toArray() // → [[1, 2], [3, 4]]
   */
  toArray(): NestedArray {
    return this.array.toArray()
  }

  /**
   * The elements in row-major order, in a typed array of their own.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).t().toTypedArray() // → [1, 3, 2, 4]
   */
  toTypedArray(): TypedArray {
    return this.array.toTypedArray()
  }
}
