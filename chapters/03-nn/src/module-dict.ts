import { ValueError } from '@deepdive/tensor'
import { checkModule, checkName } from './container-items.ts'
import type { Member } from './members.ts'
import { Module } from './module.ts'

/**
 * Modules by name, in the order in which they came; names stand in keys as they are.
 *
 * @throws ValueError for what is no module, and for a name that cannot be a key.
 * @example
 * const heads = new ModuleDict({ digit: new Linear(8, 10), even: new Linear(8, 2) })
 * heads.get('even').forward(zeros([1, 8])).shape // → [1, 2]
 * Object.keys(heads.stateDict())
 * // → ['digit.weight', 'digit.bias', 'even.weight', 'even.bias']
 */
export class ModuleDict<Item extends Module = Module> extends Module {
  readonly #items = new Map<string, Item>()

  constructor(modules: Readonly<Record<string, Item>> = {}) {
    super()
    for (const [name, module] of Object.entries(modules)) this.set(name, module)
  }

  /**
   * The module of a name.
   *
   * @throws ValueError listing the names where there is none.
   * @example
   * const dict = new ModuleDict({ act: new ReLU() })
   * dict.get('act') // → ReLU()
   * dict.get('norm')
   * // throws ValueError: ModuleDict: there is no module 'norm': it has act
   */
  get(name: string): Item {
    const item = this.#items.get(name)
    if (item) return item
    const known = [...this.#items.keys()].join(', ') || 'none'
    throw new ValueError(`ModuleDict: there is no module '${name}': it has ${known}`)
  }

  /**
   * Adds a module, or puts it in the place of another.
   *
   * @example
   * new ModuleDict().set('act', new ReLU()).get('act') // → ReLU()
   */
  set(name: string, module: Item): this {
    checkName('ModuleDict', name)
    checkModule('ModuleDict', name, module)
    this.#items.set(name, module)
    return this
  }

  /**
   * The names, in the order in which they came.
   *
   * @example
   * [...new ModuleDict({ act: new ReLU() }).keys()] // → ['act']
   */
  keys(): MapIterator<string> {
    return this.#items.keys()
  }

  /**
   * Whether there is a module of a name.
   *
   * @example
   * new ModuleDict({ act: new ReLU() }).has('act') // → true
   */
  has(name: string): boolean {
    return this.#items.has(name)
  }

  /**
   * Takes a module away, and says whether there was one.
   *
   * @example
   * new ModuleDict({ act: new ReLU() }).delete('act') // → true
   */
  delete(name: string): boolean {
    return this.#items.delete(name)
  }

  /**
   * How many modules there are.
   *
   * @example
   * new ModuleDict({ act: new ReLU() }).length // → 1
   */
  get length(): number {
    return this.#items.size
  }

  override *members(): Generator<Member<unknown>> {
    yield* this.#items
    yield* super.members()
  }

  [Symbol.iterator](): Iterator<[string, Item]> {
    return this.#items.entries()
  }

  forward(): never {
    throw new ValueError('ModuleDict: has no forward: call those of its modules')
  }
}
