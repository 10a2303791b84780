import type { Tensor } from '@deepdive/autograd'
import {
  type Device,
  type DType,
  DTypeError,
  describeValue,
  isFloatingPoint,
  ValueError,
} from '@deepdive/tensor'
import type { Module } from './module.ts'
import { checkEnds, ModuleTree } from './module-tree.ts'
import { moveTo, moveToCpu } from './move.ts'
import { type LoadResult, loadState, type StateDict, stateOf } from './state-dict.ts'

/** What is done to a module and all inside it at once. */
export abstract class ModuleState extends ModuleTree {
  /** Whether layers such as Dropout behave as in training. */
  training = true

  /**
   * Sets training mode for this module and all inside it.
   *
   * @example
   * const model = new Sequential(new Dropout(0.5)).eval()
   * model.train().children()[0].training // → true
   */
  train<Self extends Module>(this: Self, mode = true): Self {
    for (const module of this.modules()) module.training = mode
    return this
  }

  /**
   * Sets evaluation mode: no dropout, running statistics in place of the batch's.
   *
   * @example
   * new Sequential(new Dropout(0.5)).eval().forward(tensor([1, 2]))
   * // → tensor([1., 2.])
   */
  eval<Self extends Module>(this: Self): Self {
    return this.train(false)
  }

  /**
   * Calls `fn` with every module inside this one, children first, and this last.
   *
   * @throws ValueError where a module contains itself.
   * @example
   * const kinds = []
   * new Sequential(new ReLU(), new Tanh()).apply((m) => kinds.push(m.describe()))
   * kinds // → ['ReLU', 'Tanh', 'Sequential']
   */
  apply<Self extends Module>(this: Self, fn: (module: Module) => void): Self {
    checkEnds(this)
    for (const child of this.children()) child.apply(fn)
    fn(this)
    return this
  }

  /**
   * Moves parameters, their gradients and buffers to a device; or turns those that have
   * fractions to float32 or, where the device has it, to float16.
   *
   * @throws DTypeError for any other dtype; ValueError for what is none, and no device.
   * @example
   * new Linear(2, 1).to(cpu).weight.device.name // → cpu
   */
  to(target: Device | DType): this {
    const isDevice = typeof target === 'object'
    if (!isDevice) this.#checkDType(target)
    const turned = this.#tensors().filter((x) => isDevice || isFloatingPoint(x.dtype))
    moveTo(target, turned)
    return this
  }

  /**
   * Moves parameters, their gradients and buffers to the `cpu`, where they can be read:
   * to save them, for instance.
   *
   * @example
   * (await new Linear(2, 1).cpu()).weight.device.name // → cpu
   */
  async cpu(): Promise<this> {
    await moveToCpu(this.#tensors())
    return this
  }

  #tensors(): Tensor[] {
    return [...this.parameters(), ...this.buffers()]
  }

  #checkDType(dtype: DType): void {
    if (isFloatingPoint(dtype)) return
    if (dtype !== 'int32' && dtype !== 'bool') {
      throw new ValueError(
        `to: ${describeValue(dtype)} is neither a device, such as cpu, nor 'float32'`,
      )
    }
    throw new DTypeError(
      `to: a ${this.constructor.name} computes in float32, and cannot learn in ${dtype}`,
    )
  }

  /**
   * Forgets all gradients.
   *
   * @example
   * const layer = new Linear(1, 1)
   * layer.forward(ones([1])).backward()
   * layer.zeroGrad()
   * layer.weight.grad // → null
   */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null
  }

  /**
   * Makes all parameters require a gradient, or none: that freezes the module.
   *
   * @example
   * new Linear(1, 1).requiresGrad_(false).forward(ones([1])).requiresGrad // → false
   */
  requiresGrad_(requiresGrad = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad = requiresGrad
    return this
  }

  /**
   * All parameters and persistent buffers by PyTorch's keys; they share memory.
   *
   * @throws StateDictError where two tensors would have one key.
   * @example
   * Object.keys(new Sequential(new Linear(2, 1)).stateDict())
   * // → ['0.weight', '0.bias']
   */
  stateDict(): StateDict {
    return stateOf(this)
  }

  /**
   * Overwrites parameters and buffers with those of a state dict, wherever it lies.
   * Without `strict`, keys that only one side has are left alone, and returned; shapes
   * must fit in any case. Nothing is written unless everything fits.
   *
   * @throws StateDictError listing missing, unexpected and misshapen keys.
   * @example
   * const layer = new Linear(1, 1, { bias: false })
   * layer.loadStateDict({ weight: tensor([[5]]) })
   * layer.forward(tensor([2])) // → tensor([10.], gradFn=<linear>)
   * layer.loadStateDict({}, { strict: false })
   * // → { missingKeys: ['weight'], unexpectedKeys: [] }
   * layer.loadStateDict({ bias: tensor([1]) })
   * // throws StateDictError: loadStateDict: the state does not fit this Linear 1 → 1
   */
  loadStateDict(
    this: Module,
    state: StateDict,
    { strict = true }: { readonly strict?: boolean } = {},
  ): LoadResult {
    return loadState(this, state, strict)
  }
}
