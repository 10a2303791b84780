import { DeepDiveError, type Device, type DType } from '@deepdive/tensor'
import { type Member, membersOf, once, tensorsIn, walk } from './members.ts'
import { Buffer, Parameter } from './parameter.ts'
import { loadState, type StateDict, stateOf } from './state-dict.ts'

/** Sees what a module was given and made; what it returns replaces the output. */
export type ForwardHook = (
  module: Module,
  inputs: readonly unknown[],
  output: unknown,
) => unknown

/** Sees what a module is given; a list that it returns replaces the inputs. */
export type ForwardPreHook = (
  module: Module,
  inputs: readonly unknown[],
) => readonly unknown[] | undefined

/**
 * A part of a model: parameters, other modules, and a `forward` that computes with them.
 * Assigning a Parameter, a Buffer, a Module or a list of them to a property is all it
 * takes: they are found among the properties, in the order of their assignment. A
 * `#private` property stays private to the class, and is not found.
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
export abstract class Module {
  /** Whether layers such as Dropout behave as in training. */
  training = true
  readonly #hooks = new Set<ForwardHook>()
  readonly #preHooks = new Set<ForwardPreHook>()

  /** What the module computes. */
  abstract forward(...inputs: never[]): unknown

  constructor() {
    const compute = this.forward
    const value = (...inputs: never[]) => this.#run(compute, inputs)
    Object.defineProperty(this, 'forward', {
      value,
      writable: true,
      configurable: true,
    })
  }

  /** `forward` between its hooks, with the module's place added to what goes wrong. */
  #run(compute: (...inputs: never[]) => unknown, given: readonly unknown[]): unknown {
    try {
      let inputs = given
      for (const hook of this.#preHooks) inputs = hook(this, inputs) ?? inputs
      let output = Reflect.apply(compute, this, inputs)
      for (const hook of this.#hooks) output = hook(this, inputs, output) ?? output
      return output
    } catch (error) {
      if (error instanceof DeepDiveError) this.#locate(error)
      throw error
    }
  }

  /** The innermost module meets an error first; those around it know the path to it. */
  #locate(error: DeepDiveError): void {
    const failed = failures.get(error) ?? this
    failures.set(error, failed)
    for (const [name, module] of this.namedModules()) {
      if (module !== failed) continue
      error.locate(name === '' ? module.describe() : `${name} (${module.describe()})`)
    }
  }

  /** The properties by PyTorch's names; containers override it to name their items. */
  members(): Iterable<Member<unknown>> {
    return membersOf(this)
  }

  /** The modules directly inside this one. */
  *namedChildren(): Generator<Member<Module>> {
    for (const [name, value] of this.members()) {
      if (value instanceof Module) yield [name, value]
    }
  }

  children(): Module[] {
    return [...this.namedChildren()].map(([, module]) => module)
  }

  /** This module, named '', and all inside it, by their paths. */
  namedModules(): Generator<Member<Module>> {
    return walk(this, '', new Set())
  }

  modules(): Module[] {
    return [...this.namedModules()].map(([, module]) => module)
  }

  /** All parameters by their paths, one that is shared under its first name only. */
  namedParameters(): Generator<Member<Parameter>> {
    return once(tensorsIn(this, '', isParameter))
  }

  parameters(): Parameter[] {
    return [...this.namedParameters()].map(([, parameter]) => parameter)
  }

  /** All buffers by their paths. */
  namedBuffers(): Generator<Member<Buffer>> {
    return once(tensorsIn(this, '', isBuffer))
  }

  buffers(): Buffer[] {
    return [...this.namedBuffers()].map(([, buffer]) => buffer)
  }

  /** Sets training mode for this module and all inside it. */
  train(mode = true): this {
    for (const module of this.modules()) module.training = mode
    return this
  }

  /** Sets evaluation mode: no dropout, running statistics in place of the batch's. */
  eval(): this {
    return this.train(false)
  }

  /** Calls `fn` with every module inside this one, children first, and this last. */
  apply(fn: (module: Module) => void): this {
    for (const child of this.children()) child.apply(fn)
    fn(this)
    return this
  }

  /** Moves parameters and buffers to a device, or turns the floating ones to a dtype. */
  to(target: Device | DType): this {
    for (const tensor of [...this.parameters(), ...this.buffers()]) {
      if (typeof target === 'string' && tensor.dtype !== 'float32') continue
      tensor.array = tensor.array.to(target)
      if (tensor.grad) tensor.grad.array = tensor.grad.array.to(target)
    }
    return this
  }

  /** Forgets all gradients. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null
  }

  /** Makes all parameters require a gradient, or none: that freezes the module. */
  requiresGrad_(requiresGrad = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad = requiresGrad
    return this
  }

  /** Calls `hook` after each `forward`; returns a function that takes it away. */
  registerForwardHook(hook: ForwardHook): () => void {
    this.#hooks.add(hook)
    return () => this.#hooks.delete(hook)
  }

  /** Calls `hook` before each `forward`; returns a function that takes it away. */
  registerForwardPreHook(hook: ForwardPreHook): () => void {
    this.#preHooks.add(hook)
    return () => this.#preHooks.delete(hook)
  }

  /** All parameters and persistent buffers by PyTorch's keys; they share memory. */
  stateDict(): StateDict {
    return stateOf(this)
  }

  /**
   * Overwrites parameters and buffers with those of a state dict. Without `strict`, keys
   * that only one side has are left alone; shapes must fit in any case. Nothing is
   * written unless everything fits.
   *
   * @throws StateDictError listing missing, unexpected and misshapen keys.
   */
  loadStateDict(
    state: StateDict,
    { strict = true }: { readonly strict?: boolean } = {},
  ): void {
    loadState(this, state, strict)
  }

  /** What distinguishes this layer from others of its kind: `784 → 256`. */
  extraRepr(): string {
    return ''
  }

  /** The kind and what distinguishes it, on one line: `Linear 784 → 256`. */
  describe(): string {
    return `${this.constructor.name} ${this.extraRepr()}`.trimEnd()
  }

  /** The module and those inside it, as PyTorch prints them. */
  toString(): string {
    const lines = [...this.namedChildren()].map(([name, child]) =>
      `(${name}): ${child}`.replaceAll('\n', '\n  '),
    )
    const body = lines.length > 0 ? `\n  ${lines.join('\n  ')}\n` : this.extraRepr()
    return `${this.constructor.name}(${body})`
  }

  /** What Node's console.log shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** The innermost module in which each error arose. */
const failures = new WeakMap<DeepDiveError, Module>()

function isParameter(value: unknown): value is Parameter {
  return value instanceof Parameter
}

function isBuffer(value: unknown): value is Buffer {
  return value instanceof Buffer
}
