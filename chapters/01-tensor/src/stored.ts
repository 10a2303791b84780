import { broadcastShapes } from './broadcast.ts'
import { cpu } from './cpu/cpu.ts'
import { checkSameDevice, type Device } from './device.ts'
import { type DType, elementOf, type TypedArray } from './dtype.ts'
import { DeviceError, ShapeError } from './errors.ts'
import { type NestedArray, nest } from './nested.ts'
import { formatArray } from './print.ts'
import { formatShape, type Shape, sameShape } from './shape.ts'
import { Strided } from './strided.ts'

/** Copying, overwriting and reading the memory behind an array. */
export abstract class Stored<Self extends Stored<Self>> extends Strided<Self> {
  /**
   * A new array, all zero, of this dtype and device unless said.
   * @example array([1, 2]).newEmpty([3]) // → array([0., 0., 0.])
   */
  abstract newEmpty(shape: Shape, dtype?: DType, device?: Device): Self

  /**
   * A copy in memory of its own.
   * @example
   * const x = array([1, 2])
   * x.clone().fill_(0)
   * x // → array([1., 2.])
   */
  clone(): Self {
    return this.newEmpty(this.shape).copy_(this)
  }

  override contiguous(): Self {
    return this.isContiguous() ? this.self : this.clone()
  }

  /**
   * The array as another dtype, or on another device; itself if it is so already.
   * @example array([0.5, 2]).to('int32') // → array([0, 2])
   */
  to(target: DType | Device): Self {
    if (target === this.dtype || target === this.device) return this.self
    if (typeof target === 'string') return this.newEmpty(this.shape, target).copy_(this)
    return this.newFrom(this.toTypedArray(), this.shape, target)
  }

  /** A new array of the given elements in row-major order, of this dtype. */
  protected abstract newFrom(values: TypedArray, shape: Shape, device: Device): Self

  /**
   * Overwrites the elements with those of `source`, which broadcasts.
   * @example
   * zeros([2, 2]).copy_(array([1, 2]))
   * // → array([[1., 2.],
   * //          [1., 2.]])
   */
  copy_(source: Stored<Self>): this {
    checkSameDevice('copy_', this, source)
    this.checkWritable('copy_', source.shape)
    this.device.kernels.copy(this.apart(source).expand(this.shape), this)
    this.storage.version++
    return this
  }

  /**
   * Overwrites each element with `value`.
   * @example
   * const x = zeros([2, 2])
   * x.diagonal().fill_(1)
   * x
   * // → array([[1., 0.],
   * //          [0., 1.]])
   */
  fill_(value: number): this {
    this.device.kernels.fill(elementOf('fill_', value, this.dtype), this)
    this.storage.version++
    return this
  }

  /**
   * Refuses to write what does not fit, and where elements share one place in memory.
   */
  protected checkWritable(op: string, shape: Shape): void {
    if (!sameShape(broadcastShapes(op, this.shape, shape), this.shape)) {
      throw new ShapeError(
        `${op}: ${formatShape(shape)} does not fit into ${formatShape(this.shape)}`,
      )
    }
    const shares = (stride: number, axis: number) =>
      stride === 0 && this.shape[axis] > 1
    if (this.numel() > 0 && this.strides.some(shares)) {
      throw new ShapeError(
        `${op}: elements of this ${formatShape(this.shape)} share memory, as after ` +
          'expand: clone() it first',
      )
    }
  }

  /** `source`, copied if writing here would change what is still to be read there. */
  protected apart<X extends Stored<Self>>(source: X): Self {
    const shared = source.storage === this.storage
    return shared ? source.clone() : (source as unknown as Self)
  }

  /**
   * The elements in row-major order, in a typed array of their own.
   * @throws DeviceError where reading this device takes waiting: `await x.cpu()` first.
   * @example array([[1, 2], [3, 4]]).t().toTypedArray() // → [1, 3, 2, 4]
   */
  toTypedArray(): TypedArray {
    const { storage, offset } = this.isContiguous() ? this : this.clone()
    if (!ArrayBuffer.isView(storage.memory)) {
      throw new DeviceError(
        `the elements are on ${this.device.name}, which is read without blocking: ` +
          'use (await x.cpu()) first',
      )
    }
    return (storage.memory as TypedArray).slice(offset, offset + this.numel())
  }

  /**
   * This array on the `cpu` device, where its elements can be read at once.
   * @example (await ones([2]).cpu()).toArray() // → [1, 1]
   */
  async cpu(): Promise<Self> {
    if (this.device === cpu) return this.self
    const isWhole = this.isContiguous() && this.numel() === this.storage.length
    // A part is copied there, so that no more than it travels.
    const { storage } = isWhole ? this : this.clone()
    try {
      return this.newFrom(await this.device.read(storage), this.shape, cpu)
    } finally {
      if (!isWhole) this.device.free(storage)
    }
  }

  /**
   * The one element of an array of size 1; a bool as 0 or 1.
   * @throws ShapeError where there is not just one element.
   * @example array([1, 2]).sum().item() // → 3
   */
  item(): number {
    if (this.numel() === 1) return this.toTypedArray()[0]
    throw new ShapeError(
      `item: ${formatShape(this.shape)} has ${this.numel()} elements, not one: ` +
        'use toArray()',
    )
  }

  /**
   * The elements as nested arrays of numbers, or of booleans.
   * @example array([[1, 2], [3, 4]]).toArray() // → [[1, 2], [3, 4]]
   */
  toArray(): NestedArray {
    return nest(this.toTypedArray(), this.shape, this.dtype === 'bool')
  }

  /**
   * The elements as PyTorch prints them, summarised where there are over 1000.
   * @example `a = ${array([1, 2])}` // → a = array([1., 2.])
   */
  override toString(): string {
    return formatArray('array(', this, [])
  }

  /** What Node's console.log shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}
