import { ValueError } from '@deepdive/tensor'
import { checkModule, itemAt, placeAmong } from './container-items.ts'
import type { Member } from './members.ts'
import { Module } from './module.ts'

/**
 * Modules in a list; unlike Sequential it does not say how they compute.
 *
 * @throws ValueError for what is no module.
 * @example
 * const list = new ModuleList([new Linear(2, 2), new Linear(2, 1)])
 * let x = ones([1, 2])
 * for (const layer of list) x = layer.forward(x)
 * x.shape // → [1, 1]
 * Object.keys(list.stateDict()) // → ['0.weight', '0.bias', '1.weight', '1.bias']
 */
export class ModuleList<Item extends Module = Module> extends Module {
  readonly #items: Item[] = []

  constructor(modules: Iterable<Item> = []) {
    super()
    this.extend(modules)
  }

  /**
   * The module at `index`, counted from the end where negative.
   *
   * @throws ValueError where there is none.
   * @example
   * new ModuleList([new ReLU(), new Tanh()]).at(-1) // → Tanh()
   */
  at(index: number): Item {
    return itemAt('ModuleList', this.#items, index)
  }

  /**
   * Puts a module in the place of the one at `index`, counted from the end where
   * negative.
   *
   * @throws ValueError where there is none.
   * @example
   * new ModuleList([new ReLU(), new Tanh()]).set(-1, new ReLU()).at(1) // → ReLU()
   */
  set(index: number, module: Item): this {
    const place = itemAt('ModuleList', [...this.#items.keys()], index)
    checkModule('ModuleList', String(place), module)
    this.#items[place] = module
    return this
  }

  /**
   * Adds a module before the one at `index`, counted from the end where negative.
   *
   * @throws ValueError where there is no such place.
   * @example
   * new ModuleList([new ReLU()]).insert(0, new Tanh()).at(0) // → Tanh()
   */
  insert(index: number, module: Item): this {
    const place = placeAmong('ModuleList', this, index)
    checkModule('ModuleList', String(place), module)
    this.#items.splice(place, 0, module)
    return this
  }

  /**
   * Adds a module at the end.
   *
   * @example
   * new ModuleList().append(new ReLU()).length // → 1
   */
  append(module: Item): this {
    checkModule('ModuleList', String(this.length), module)
    this.#items.push(module)
    return this
  }

  /**
   * Adds several modules at the end.
   *
   * @example
   * new ModuleList([new ReLU()]).extend([new ReLU(), new Tanh()]).length // → 3
   */
  extend(modules: Iterable<Item>): this {
    // A copy, as they may be this list's own.
    for (const module of [...modules]) this.append(module)
    return this
  }

  /**
   * How many modules there are.
   *
   * @example
   * new ModuleList([new ReLU(), new Tanh()]).length // → 2
   */
  get length(): number {
    return this.#items.length
  }

  override *members(): Generator<Member<unknown>> {
    yield* Object.entries(this.#items)
    yield* super.members()
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items.values()
  }

  forward(): never {
    throw new ValueError('ModuleList: has no forward: call those of its modules')
  }
}
