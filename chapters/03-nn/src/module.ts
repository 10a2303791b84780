import { DeepDiveError, ValueError } from '@deepdive/tensor'
import {
  type ForwardHook,
  type ForwardPreHook,
  type HookOptions,
  Hooks,
} from './hooks.ts'
import type { Member } from './members.ts'
import { ModuleState } from './module-state.ts'
import { checkEnds, childrenOf } from './module-tree.ts'

type Compute = (...inputs: never[]) => unknown

/**
 * A part of a model: parameters, other modules, and a `forward` that computes with
 * them. Assigning a Parameter, a Buffer, a Module or a list of them to a property is
 * all it takes: they are found among the properties, in the order of their assignment.
 * For modules by name there is ModuleDict. A `#private` property stays private to the
 * class, and is not found.
 *
 * @example
 * class Scale extends Module {
 *   factor = new Parameter(tensor(3))
 *   forward(x) {
 *     return x.mul(this.factor)
 *   }
 * }
 * new Scale().forward(tensor([1, 2])) // → tensor([3., 6.], gradFn=<mul>)
 */
export abstract class Module extends ModuleState {
  readonly #hooks = new Hooks<ForwardHook>()
  readonly #preHooks = new Hooks<ForwardPreHook>()
  #wrapped: Compute | undefined
  #hasRun = false

  /**
   * What the module computes; every module says so by a method of this name.
   *
   * @example
   * new Linear(4, 3).forward(zeros([2, 4])).shape // → [2, 3]
   */
  abstract forward(...inputs: never[]): unknown

  constructor() {
    super()
    this.#wrap()
  }

  /**
   * Puts an own `forward` in front of the class's, which runs the hooks around it. A
   * class field `forward = (x) => …` comes later: it is wrapped when a hook needs it,
   * or when a walk comes by.
   */
  #wrap(): void {
    const compute: Compute = this.forward
    if (this.#wrapped && this.#wrapped === compute) return
    const wrapped = (...inputs: never[]) => this.#run(compute, inputs)
    this.#wrapped = wrapped
    const hidden = { writable: true, configurable: true, enumerable: false }
    Object.defineProperty(this, 'forward', { value: wrapped, ...hidden })
  }

  /** Every walk through a model comes by here. */
  override members(): Iterable<Member<unknown>> {
    this.#wrap()
    return super.members()
  }

  /** `forward` between its hooks, with the module's place added to what goes wrong. */
  #run(compute: Compute, given: readonly unknown[]): unknown {
    try {
      this.#lookInside()
      if (!compute) throw withoutForward(this)
      let inputs = given
      for (const hook of this.#preHooks) inputs = listed(hook(this, inputs) ?? inputs)
      let output = Reflect.apply(compute, this, inputs)
      for (const hook of this.#hooks) output = hook(this, inputs, output) ?? output
      const isLate = output instanceof Promise
      return isLate ? output.catch((error: unknown) => this.#fail(error)) : output
    } catch (error) {
      return this.#fail(error)
    }
  }

  /**
   * A `forward` that is a class field comes after the constructor could wrap it: so all
   * modules inside are walked by before the first run.
   */
  #lookInside(): void {
    if (this.#hasRun) return
    this.#hasRun = true
    this.modules()
  }

  #fail(error: unknown): never {
    if (error instanceof DeepDiveError) locate(error, this)
    throw error
  }

  /**
   * Calls `hook` after each `forward`, in the order of registering, or before all others
   * with `prepend`; returns a function that takes it away.
   *
   * @example
   * const layer = new Identity()
   * const remove = layer.registerForwardHook((layer, inputs, y) => y.mul(10))
   * layer.forward(tensor([1, 2])) // → tensor([10., 20.])
   * remove()
   * layer.forward(tensor([1, 2])) // → tensor([1., 2.])
   */
  registerForwardHook(hook: ForwardHook, options?: HookOptions): () => void {
    this.#wrap()
    return this.#hooks.add(hook, options)
  }

  /**
   * Calls `hook` before each `forward`, in the order of registering, or before all others
   * with `prepend`; returns a function that takes it away.
   *
   * @example
   * const layer = new Identity()
   * layer.registerForwardPreHook((module, [x]) => x.neg())
   * layer.forward(tensor([1, 2])) // → tensor([-1., -2.])
   */
  registerForwardPreHook(hook: ForwardPreHook, options?: HookOptions): () => void {
    this.#wrap()
    return this.#preHooks.add(hook, options)
  }

  /**
   * What distinguishes this layer from others of its kind.
   *
   * @example
   * new Linear(784, 256).extraRepr() // → 784 → 256
   */
  extraRepr(): string {
    return ''
  }

  /**
   * The kind and what distinguishes it, on one line.
   *
   * @example
   * new Linear(784, 256).describe() // → Linear 784 → 256
   */
  describe(): string {
    return `${this.constructor.name} ${this.extraRepr()}`.trimEnd()
  }

  /**
   * The module and those inside it, a line each.
   *
   * @throws ValueError where a module contains itself.
   * @example
   * new Sequential(new Linear(2, 1)).toString()
   * // → Sequential(
   * //     (0): Linear(2 → 1)
   * //   )
   */
  override toString(): string {
    checkEnds(this)
    const extra = this.extraRepr()
    const children = [...childrenOf(this)].map(([name, child]) => `(${name}): ${child}`)
    if (children.length === 0) return `${this.constructor.name}(${extra})`
    const lines = [...(extra ? [extra] : []), ...children].join('\n')
    return `${this.constructor.name}(\n  ${lines.replaceAll('\n', '\n  ')}\n)`
  }

  /** What Node's console.log shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

function listed(inputs: unknown): readonly unknown[] {
  return Array.isArray(inputs) ? inputs : [inputs]
}

function withoutForward(module: Module): ValueError {
  return new ValueError(
    `${module.constructor.name}: has no forward: write a method forward(x) that ` +
      'computes its output',
  )
}

/** The innermost module in which each error arose. */
const failures = new WeakMap<DeepDiveError, Module>()

/** The innermost module meets an error first; those around it know the path to it. */
function locate(error: DeepDiveError, module: Module): void {
  const failed = failures.get(error) ?? module
  failures.set(error, failed)
  for (const [path, inner] of module.namedModules()) {
    if (inner !== failed) continue
    error.locate(path === '' ? inner.describe() : `${path} (${inner.describe()})`)
  }
}
