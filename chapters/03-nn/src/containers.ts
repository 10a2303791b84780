import type { Tensor } from '@deepdive/autograd'
import { ValueError } from '@deepdive/tensor'
import type { Member } from './members.ts'
import { Module } from './module.ts'

/** A module that turns one tensor into another. */
export interface Layer extends Module {
  forward(x: Tensor): Tensor
}

/**
 * Layers one after another. Their keys are 0, 1, …, or the names they are given.
 *
 * @example
 * const model = new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2))
 * model.forward(zeros([5, 4])).shape // → [5, 2]
 * Object.keys(model.stateDict()) // → [0.weight, 0.bias, 2.weight, 2.bias]
 * Object.keys(new Sequential({ fc: new Linear(4, 3) }).stateDict()) // → [fc.weight, fc.bias]
 */
export class Sequential extends Module {
  readonly #layers: ReadonlyMap<string, Layer>

  constructor(...layers: readonly Layer[])
  constructor(layers: Readonly<Record<string, Layer>>)
  constructor(...given: readonly (Layer | Readonly<Record<string, Layer>>)[]) {
    super()
    const [first] = given
    const named = given.length === 1 && !(first instanceof Module)
    this.#layers = new Map<string, Layer>(
      named
        ? Object.entries(first as Record<string, Layer>)
        : Object.entries(given as Layer[]),
    )
  }

  forward(x: Tensor): Tensor {
    let y = x
    for (const layer of this.#layers.values()) y = layer.forward(y)
    return y
  }

  get length(): number {
    return this.#layers.size
  }

  override members(): Iterable<Member<unknown>> {
    return this.#layers
  }

  [Symbol.iterator](): Iterator<Layer> {
    return this.#layers.values()
  }
}

/**
 * Modules in a list; unlike Sequential it does not say how they compute.
 *
 * @example
 * const list = new ModuleList([new Linear(2, 2), new Linear(2, 2)])
 * list.append(new ReLU()).length // → 3
 * list.at(-1).describe() // → ReLU
 */
export class ModuleList<Item extends Module = Module> extends Module {
  readonly #items: Item[]

  constructor(modules: Iterable<Item> = []) {
    super()
    this.#items = [...modules]
  }

  /** The module at `index`, counted from the end where negative. */
  at(index: number): Item {
    const item = this.#items.at(index)
    if (item) return item
    throw new ValueError(`ModuleList: there is no module ${index} of ${this.length}`)
  }

  append(module: Item): this {
    this.#items.push(module)
    return this
  }

  get length(): number {
    return this.#items.length
  }

  override members(): Iterable<Member<unknown>> {
    return Object.entries(this.#items)
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items.values()
  }

  forward(): never {
    throw new ValueError('ModuleList: has no forward: call those of its modules')
  }
}

/**
 * Modules by name.
 *
 * @example
 * const heads = new ModuleDict({ digit: new Linear(8, 10), even: new Linear(8, 2) })
 * heads.get('even').forward(zeros([1, 8])).shape // → [1, 2]
 */
export class ModuleDict<Item extends Module = Module> extends Module {
  readonly #items: Map<string, Item>

  constructor(modules: Readonly<Record<string, Item>> = {}) {
    super()
    this.#items = new Map(Object.entries(modules))
  }

  get(name: string): Item {
    const item = this.#items.get(name)
    if (item) return item
    const known = [...this.#items.keys()].join(', ') || 'none'
    throw new ValueError(`ModuleDict: there is no module '${name}': it has ${known}`)
  }

  set(name: string, module: Item): this {
    this.#items.set(name, module)
    return this
  }

  has(name: string): boolean {
    return this.#items.has(name)
  }

  get length(): number {
    return this.#items.size
  }

  override members(): Iterable<Member<unknown>> {
    return this.#items
  }

  [Symbol.iterator](): Iterator<[string, Item]> {
    return this.#items.entries()
  }

  forward(): never {
    throw new ValueError('ModuleDict: has no forward: call those of its modules')
  }
}
