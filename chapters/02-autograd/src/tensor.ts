import {
  type Device,
  type DType,
  DTypeError,
  describeValue,
  formatArray,
  isFloatingPoint,
  NDArray,
  type Shape,
  ValueError,
} from '@deepdive/tensor'
import { checkAnomaly, watchedSite } from './anomaly.ts'
import { backward } from './backward.ts'
import { checkGrad } from './check-grad.ts'
import { GraphError } from './errors.ts'
import { isGradEnabled } from './grad-mode.ts'
import { Node } from './node.ts'
import type { Op } from './op.ts'
import type { BackwardOptions } from './propagate.ts'
import { Readable } from './readable.ts'
import { tell } from './trace.ts'

/** Called with the gradient on its way to a tensor; what it returns goes on instead. */
export type GradientHook = (grad: Tensor) => Tensor | undefined

/**
 * An array that remembers how it was made, so that gradients can find their way back.
 *
 * @example
 * const a = tensor(2, { requiresGrad: true })
 * const b = tensor(3, { requiresGrad: true })
 * const y = a.mul(a).add(a.mul(b).mul(3)).add(b.mul(b)) // a² + 3ab + b²
 * y.backward()
 * a.grad // → tensor(13.)
 * b.grad // → tensor(12.)
 */
export class Tensor extends Readable {
  /** The elements; modules replace them when they move to another device. */
  array: NDArray
  /** How it was made; null for a leaf, which was made by no recorded operation. */
  node: Node | null = null
  /** What is called with each gradient that arrives, in this order. */
  hooks: readonly GradientHook[] = []
  /** Whether `grad` keeps what arrives, though this is no leaf (see retainGrad). */
  retainsGrad = false
  #requiresGrad = false
  #grad: Tensor | null = null

  constructor(array: NDArray, requiresGrad = false) {
    super()
    this.array = array
    if (requiresGrad) this.requiresGrad = true
  }

  /**
   * Whether gradients find their way here. A leaf's may be set; what is made from it
   * follows.
   *
   * @throws DTypeError where it is set on what has no fractions.
   * @throws GraphError where it is unset on what an operation made.
   * @example
   * const x = tensor([1, 2])
   * x.requiresGrad = true
   * x.mul(2).requiresGrad // → true
   */
  get requiresGrad(): boolean {
    return this.#requiresGrad
  }

  set requiresGrad(value: boolean) {
    if (value && !isFloatingPoint(this.dtype)) {
      throw new DTypeError(
        `requiresGrad: only float32 has gradients, not ${this.dtype}: use .to('float32')`,
      )
    }
    if (!value && this.node) {
      throw new GraphError(
        `requiresGrad: this tensor was made by ${this.node.op.name}, from one that ` +
          'requires a gradient: use detach() for a tensor that requires none',
      )
    }
    this.#requiresGrad = value
  }

  /**
   * What backward passes have added up here, if this is a leaf that requires it. Null
   * makes them start anew.
   *
   * @throws ShapeError, DeviceError where it is set to what is not like this tensor.
   * @example
   * const x = tensor([1, 2], { requiresGrad: true })
   * x.sum().backward()
   * x.grad // → tensor([1., 1.])
   * x.grad = tensor(1) // throws ShapeError: grad: a tensor of float32 [2] cannot have
   */
  get grad(): Tensor | null {
    return this.#grad
  }

  set grad(value: Tensor | null) {
    if (value !== null) checkGrad(this, value)
    const { storage } = this.array
    this.#grad?.array.storage.release(storage)
    value?.array.storage.keep(storage)
    this.#grad = value
  }

  /**
   * Whether no recorded operation made this.
   *
   * @example
   * const x = tensor(1, { requiresGrad: true })
   * x.isLeaf // → true
   * x.mul(2).isLeaf // → false
   */
  get isLeaf(): boolean {
    return this.node === null
  }

  /**
   * The size of each axis.
   *
   * @example
   * tensor([[1, 2, 3]]).shape // → [1, 3]
   */
  get shape(): Shape {
    return this.array.shape
  }

  /**
   * What an element is: `float32`, `int32`, `bool`, or `float16` on some devices.
   *
   * @example
   * tensor([true]).dtype // → bool
   */
  get dtype(): DType {
    return this.array.dtype
  }

  /**
   * Where the elements are.
   *
   * @example
   * tensor([1]).device.name // → cpu
   */
  get device(): Device {
    return this.array.device
  }

  apply(op: Op, ...others: readonly Tensor[]): Tensor {
    const inputs = [this, ...others]
    const made = op.forward(...inputs.map(({ array }) => array))
    if (!(made instanceof NDArray)) {
      throw new ValueError(
        `${op.name}: forward gave ${describeValue(made)}, and must give an NDArray`,
      )
    }
    const output = new Tensor(made)
    const differentiable = op.gradient !== undefined && isFloatingPoint(output.dtype)
    const records = isGradEnabled() && differentiable
    if (records && inputs.some((input) => input.requiresGrad)) {
      output.#requiresGrad = true
      output.node = new Node(op, inputs, output, watchedSite())
    }
    checkAnomaly(op.name, inputs, output)
    tell(op, inputs, output)
    return output
  }

  protected operand(op: string, value: Tensor | number): Tensor {
    return value instanceof Tensor ? value : new Tensor(this.array.newScalar(op, value))
  }

  // Gradients

  /**
   * Adds ∂this/∂leaf to the `grad` of every leaf that this was made from. Without
   * `gradient` this must be a single number, whose own gradient is 1.
   *
   * @throws ShapeError where a gradient is missing, or has another shape.
   * @throws GraphError where the graph was used before and dropped.
   * @example
   * const x = tensor([1, 2, 3], { requiresGrad: true })
   * x.mul(x).sum().backward()
   * x.grad // → tensor([2., 4., 6.])
   */
  backward(gradient?: Tensor, options: BackwardOptions = {}): void {
    backward(this, gradient, options)
  }

  /**
   * The same array without a memory of how it was made.
   *
   * @example
   * tensor(1, { requiresGrad: true }).mul(2).detach().requiresGrad // → false
   */
  detach(): Tensor {
    return new Tensor(this.array)
  }

  /**
   * Calls `hook` with the gradient whenever one arrives here; what it returns, if
   * anything, goes on instead. Returns a function that takes the hook away.
   *
   * @throws GraphError where no gradient can arrive.
   * @example
   * const x = tensor(3, { requiresGrad: true })
   * x.registerHook((grad) => grad.mul(10))
   * x.mul(2).backward()
   * x.grad // → tensor(20.)
   */
  registerHook(hook: GradientHook): () => void {
    this.#checkRequiresGrad('registerHook')
    const own: GradientHook = (grad) => hook(grad)
    this.hooks = [...this.hooks, own]
    return () => {
      this.hooks = this.hooks.filter((other) => other !== own)
    }
  }

  /**
   * Keeps the gradient that arrives here in `grad`, as leaves do.
   *
   * @throws GraphError where no gradient can arrive.
   * @example
   * const x = tensor(3, { requiresGrad: true })
   * const y = x.mul(2)
   * y.retainGrad()
   * y.mul(y).backward()
   * y.grad // → tensor(12.)
   */
  retainGrad(): void {
    this.#checkRequiresGrad('retainGrad')
    this.retainsGrad = true
  }

  #checkRequiresGrad(op: string): void {
    if (this.#requiresGrad) return
    throw new GraphError(
      `${op}: this tensor requires no gradient, so that none will arrive`,
    )
  }

  /**
   * A tensor of zeros of this dtype and device.
   *
   * @example
   * tensor([1, 2]).newZeros([3]) // → tensor([0., 0., 0.])
   */
  newZeros(shape: Shape): Tensor {
    return new Tensor(this.array.newEmpty(shape))
  }

  /**
   * This tensor, without its graph, on the `cpu` device, where it can be read.
   *
   * @example
   * (await tensor([1, 2]).cpu()).toArray() // → [1, 2]
   */
  async cpu(): Promise<Tensor> {
    return new Tensor(await this.array.cpu())
  }

  /**
   * The elements as PyTorch prints them, and whether a gradient is recorded.
   *
   * @example
   * `x = ${tensor([1, 2], { requiresGrad: true })}`
   * // → x = tensor([1., 2.], requiresGrad=true)
   */
  override toString(): string {
    const graph = this.node
      ? [`gradFn=<${this.node.op.name}>`]
      : this.requiresGrad
        ? ['requiresGrad=true']
        : []
    return formatArray('tensor(', this.array, graph)
  }

  /** What Node's console.log shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}
