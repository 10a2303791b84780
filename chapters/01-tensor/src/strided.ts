import type { Device, Storage, View } from './device.ts'
import type { DType } from './dtype.ts'
import { Indexing } from './indexing.ts'
import type { Shape } from './shape.ts'
import * as views from './views.ts'

/** The primitives of movement.ts by arithmetic on strides: no element is touched. */
export abstract class Strided<Self extends Strided<Self>>
  extends Indexing<Self>
  implements View
{
  readonly storage: Storage
  readonly shape: Shape
  readonly strides: readonly number[]
  readonly offset: number

  constructor(storage: Storage, layout: views.Layout) {
    super()
    this.storage = storage
    this.shape = layout.shape
    this.strides = layout.strides
    this.offset = layout.offset
  }

  /** The same storage under another layout. */
  protected abstract view(layout: views.Layout): Self

  /**
   * This array if its elements lie in row-major order without gaps, else such a copy.
   * @example array([[1, 2], [3, 4]]).t().contiguous().strides // → [2, 1]
   */
  abstract contiguous(): Self

  /**
   * What an element is: `float32`, `int32`, `bool`, or `float16` on some devices.
   * @example array([true]).dtype // → bool
   */
  get dtype(): DType {
    return this.storage.dtype
  }

  /**
   * Where the elements are.
   * @example zeros([2]).device.name // → cpu
   */
  get device(): Device {
    return this.storage.device
  }

  /**
   * Whether the elements lie in row-major order without gaps.
   * @example zeros([2, 3]).t().isContiguous() // → false
   */
  isContiguous(): boolean {
    return views.isContiguous(this)
  }

  reshape(shape: Shape): Self {
    const layout = views.reshape(this, shape)
    return layout ? this.view(layout) : this.contiguous().reshape(shape)
  }

  permute(dims: readonly number[]): Self {
    return this.view(views.permute(this, dims))
  }

  expand(shape: Shape): Self {
    return this.view(views.expand(this, shape))
  }

  slice(
    dim: number,
    start: number | null = null,
    end: number | null = null,
    step = 1,
  ): Self {
    return this.view(views.slice(this, dim, start, end, step))
  }

  select(dim: number, index: number): Self {
    return this.view(views.select(this, dim, index))
  }

  diagonal(offset = 0, dim1 = 0, dim2 = 1): Self {
    return this.view(views.diagonal(this, offset, dim1, dim2))
  }

  unfold(dim: number, size: number, step: number): Self {
    return this.view(views.unfold(this, dim, size, step))
  }
}
