import { broadcastShapes } from './broadcast.ts'
import { describeValue } from './describe-value.ts'
import { checkDevice, checkSameDevice, type Device, Storage } from './device.ts'
import {
  type DType,
  dtypeOf,
  dtypeOfElements,
  isFloatingPoint,
  promoteTypes,
  type TypedArray,
} from './dtype.ts'
import { DTypeError, ShapeError, ValueError } from './errors.ts'
import type { ArgReduceOp, BinaryOp, ReduceOp, UnaryOp } from './kernels.ts'
import { Picked } from './picked.ts'
import type { Dims } from './reductions.ts'
import { binaryResult, reduceResult, unaryResult } from './result.ts'
import {
  checkShape,
  formatShape,
  normalizeDim,
  reducedAxes,
  type Shape,
  sizeOf,
} from './shape.ts'
import { contiguousStrides, type Layout } from './views.ts'

/**
 * An array of any number of dimensions: a shape, strides and an offset over a stretch
 * of a device's memory. Rearranging makes a new view of the same memory; computing
 * makes a new array.
 *
 * @example
 * array([[1, 2], [3, 4]]).t().add(10)
 * // → array([[11., 13.],
 * //          [12., 14.]])
 */
export class NDArray extends Picked<NDArray> {
  /**
   * A new array on `device`, all zero.
   * @example NDArray.empty([2], 'int32', cpu) // → array([0, 0])
   */
  static empty(shape: Shape, dtype: DType, device: Device): NDArray {
    const length = sizeOf(shape)
    const memory = checkDevice('NDArray', device).allocate(dtype, length)
    const storage = new Storage(device, dtype, length, memory)
    return new NDArray(storage, { shape, strides: contiguousStrides(shape), offset: 0 })
  }

  /**
   * An array of the given elements in row-major order, uploaded to `device`.
   * @throws ShapeError where `shape` holds another number of elements.
   * @example NDArray.from(new Float32Array([1, 2]), [2, 1], cpu).shape // → [2, 1]
   */
  static from(values: TypedArray, shape: Shape, device: Device): NDArray {
    if (sizeOf(shape) !== values.length) {
      throw new ShapeError(
        `from: ${values.length} elements do not fill ${formatShape(shape)}`,
      )
    }
    const memory = checkDevice('NDArray', device).upload(values)
    const storage = new Storage(device, dtypeOfElements(values), values.length, memory)
    return new NDArray(storage, { shape, strides: contiguousStrides(shape), offset: 0 })
  }

  protected view(layout: Layout): NDArray {
    return new NDArray(this.storage, layout)
  }

  newEmpty(shape: Shape, dtype = this.dtype, device = this.device): NDArray {
    checkShape('newEmpty', shape)
    return NDArray.empty(shape, dtype, device)
  }

  /**
   * A number as a 0-dimensional array beside this one, of a dtype that holds it.
   * @throws ValueError where it is no number.
   * @example
   * array([1.5]).newScalar('add', 2) // → array(2.)
   * array([1], { dtype: 'int32' }).newScalar('add', 2) // → array(2)
   */
  newScalar(op: string, value: number): NDArray {
    if (typeof value !== 'number') {
      throw new ValueError(
        `${op}: the other operand is ${describeValue(value)}, no array and no number`,
      )
    }
    const dtype = isFloatingPoint(this.dtype) ? this.dtype : dtypeOf(value)
    const out = NDArray.empty([], dtype, this.device)
    this.device.kernels.fill(value, out)
    return out
  }

  protected newFrom(values: TypedArray, shape: Shape, device: Device): NDArray {
    return NDArray.from(values, shape, device)
  }

  #operand(op: string, value: NDArray | number): NDArray {
    return value instanceof NDArray ? value : this.newScalar(op, value)
  }

  // Elementwise

  unary(op: UnaryOp): NDArray {
    const out = NDArray.empty(this.shape, unaryResult(op, this.dtype), this.device)
    this.device.kernels.unary(op, this, out)
    return out
  }

  binary(op: BinaryOp, other: NDArray | number): NDArray {
    const b = this.#operand(op, other)
    checkSameDevice(op, this, b)
    const shape = broadcastShapes(op, this.shape, b.shape)
    const { kernel, dtype } = binaryResult(op, this.dtype, b.dtype)
    const out = NDArray.empty(shape, dtype, this.device)
    this.device.kernels.binary(kernel, stretch(this, shape), stretch(b, shape), out)
    return out
  }

  /**
   * Computes `binary(op, other)` into this array's own memory.
   * @throws DTypeError where this array cannot hold the result.
   * @throws ShapeError where other does not broadcast to it, or elements share memory.
   * @example
   * const x = array([1, 2])
   * x.binary_('mul', 10)
   * x // → array([10., 20.])
   */
  binary_(op: BinaryOp, other: NDArray | number): this {
    const b = this.#operand(`${op}_`, other)
    checkSameDevice(`${op}_`, this, b)
    const { kernel, dtype } = binaryResult(op, this.dtype, b.dtype)
    const fits = isFloatingPoint(dtype) && isFloatingPoint(this.dtype)
    if (dtype !== this.dtype && !fits) {
      throw new DTypeError(
        `${op}_: a result of ${dtype} does not fit an array of ${this.dtype}`,
      )
    }
    this.checkWritable(`${op}_`, b.shape)
    const operand = this.apart(b).expand(this.shape)
    this.device.kernels.binary(kernel, this, operand, this)
    this.storage.version++
    return this
  }

  where(condition: NDArray, other: NDArray | number): NDArray {
    const b = this.#operand('where', other)
    checkSameDevice('where', this, condition, b)
    if (condition.dtype !== 'bool') {
      throw new DTypeError(
        `where: the condition must be bool, not ${condition.dtype}: compare first, as in ` +
          'x.ne(0)',
      )
    }
    const pair = broadcastShapes('where', this.shape, b.shape)
    const shape = broadcastShapes('where', condition.shape, pair)
    const out = NDArray.empty(shape, promoteTypes(this.dtype, b.dtype), this.device)
    const [test, yes, no] = [condition, this, b].map((x) => stretch(x, shape))
    this.device.kernels.where(test, yes, no, out)
    return out
  }

  // Many elements to one

  reduce(op: ReduceOp, dims: Dims, keepdim: boolean): NDArray {
    const axes = reducedAxes(op, dims, this.ndim)
    const kept = this.shape
      .map((_, axis) => axis)
      .filter((axis) => !axes.includes(axis))
    const x = this.permute([...kept, ...axes])
    const shape = kept.map((axis) => this.shape[axis])
    if ((op === 'max' || op === 'min') && x.numel() === 0 && sizeOf(shape) > 0) {
      throw new ShapeError(
        `a${op}: ${formatShape(this.shape)} has no elements to compare`,
      )
    }
    const out = NDArray.empty(shape, reduceResult(op, this.dtype), this.device)
    this.device.kernels.reduce(op, x, out)
    if (!keepdim) return out
    return out.reshape(this.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)))
  }

  argReduce(op: ArgReduceOp, dim: number | undefined, keepdim: boolean): NDArray {
    if (dim === undefined) {
      const index = this.flatten().argReduce(op, 0, false)
      return keepdim ? index.reshape(this.shape.map(() => 1)) : index
    }
    if (this.ndim === 0) return this.reshape([1]).argReduce(op, dim, false)
    const axis = normalizeDim(op, dim, this.ndim)
    if (this.shape[axis] === 0) {
      throw new ShapeError(`${op}: axis ${dim} of ${formatShape(this.shape)} is empty`)
    }
    const out = NDArray.empty(this.shape.toSpliced(axis, 1), 'int32', this.device)
    this.device.kernels.argReduce(op, this.movedim(axis, -1), out)
    return keepdim ? out.unsqueeze(axis) : out
  }

  protected multiplyMatrices(other: NDArray): NDArray {
    checkSameDevice('matmul', this, other)
    const lead = broadcastShapes(
      'matmul',
      this.shape.slice(0, -2),
      other.shape.slice(0, -2),
    )
    const [n, k] = this.shape.slice(-2)
    const m = other.shape[other.ndim - 1]
    const dtype = promoteTypes(this.dtype, other.dtype)
    if (dtype === 'bool') {
      throw new DTypeError("matmul: is not for two bools: use .to('float32') on one")
    }
    const out = NDArray.empty([...lead, n, m], dtype, this.device)
    const a = this.expand([...lead, n, k])
    const b = other.expand([...lead, k, m])
    this.device.kernels.matmul(a, b, out)
    return out
  }

  tril(diagonal = 0): NDArray {
    return this.where(this.#below('tril', diagonal), this.newEmpty([]))
  }

  triu(diagonal = 0): NDArray {
    return this.where(this.#below('triu', diagonal - 1).logicalNot(), this.newEmpty([]))
  }

  /** A mask of the last two axes: where column − row ≤ `diagonal`. */
  #below(op: string, diagonal: number): NDArray {
    if (this.ndim < 2) {
      throw new ShapeError(
        `${op}: ${formatShape(this.shape)} has no matrices: it needs two axes or more`,
      )
    }
    const [rows, columns] = this.shape.slice(-2)
    const range = (length: number) =>
      NDArray.from(
        Int32Array.from({ length }, (_, n) => n),
        [length],
        this.device,
      )
    return range(columns).sub(range(rows).unsqueeze(1)).le(diagonal)
  }
}

function stretch(x: NDArray, shape: Shape): NDArray {
  return shape === x.shape ? x : x.expand(shape)
}
