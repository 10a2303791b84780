import type { Tensor } from '@deepdive/autograd'
import { ValueError } from '@deepdive/tensor'
import { checkModule, checkName, itemAt, placeAmong } from './container-items.ts'
import type { Member } from './members.ts'
import { Module } from './module.ts'

/** A module that turns one tensor into another. */
export interface Layer extends Module {
  forward(x: Tensor): Tensor
}

type NamedLayers = Readonly<Record<string, Layer>>

/**
 * Layers one after another. Their keys are 0, 1, …, or the names they are given.
 *
 * @throws ValueError for what is no layer, and for a name that cannot be a key.
 * @example
 * const model = new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2))
 * model.forward(zeros([5, 4])).shape // → [5, 2]
 * Object.keys(model.stateDict()) // → ['0.weight', '0.bias', '2.weight', '2.bias']
 * new Sequential({ fc: new Linear(4, 3) })
 * // → Sequential(
 * //     (fc): Linear(4 → 3)
 * //   )
 */
export class Sequential extends Module {
  readonly #layers = new Map<string, Layer>()

  constructor(...layers: readonly Layer[])
  constructor(layers: NamedLayers)
  constructor(...given: readonly Layer[] | readonly [NamedLayers]) {
    super()
    if (areNamed(given)) {
      for (const name of Object.keys(given[0])) checkOrder(name)
      this.#add(given[0])
    } else {
      this.#add(given)
    }
  }

  #add(layers: NamedLayers | readonly Layer[]): void {
    for (const [name, layer] of Object.entries(layers)) {
      checkName('Sequential', name)
      checkModule('Sequential', name, layer)
      this.#layers.set(name, layer)
    }
  }

  forward(x: Tensor): Tensor {
    let y = x
    for (const layer of this.#layers.values()) y = layer.forward(y)
    return y
  }

  /**
   * How many layers there are.
   *
   * @example
   * new Sequential(new ReLU(), new Tanh()).length // → 2
   */
  get length(): number {
    return this.#layers.size
  }

  /**
   * The layer at `index`, counted from the end where negative.
   *
   * @throws ValueError where there is none.
   * @example
   * new Sequential(new ReLU(), new Tanh()).at(-1) // → Tanh()
   */
  at(index: number): Layer {
    return itemAt('Sequential', [...this], index)
  }

  /**
   * Puts a layer in the place, and under the name, of the one at `index`, counted from
   * the end where negative.
   *
   * @throws ValueError where there is none.
   * @example
   * new Sequential(new ReLU(), new Tanh()).set(-1, new Sigmoid()).at(1) // → Sigmoid()
   */
  set(index: number, layer: Layer): this {
    const name = itemAt('Sequential', [...this.#layers.keys()], index)
    this.#add({ [name]: layer })
    return this
  }

  /**
   * Adds a layer at the end, whose name is its place.
   *
   * @example
   * new Sequential(new ReLU()).append(new Tanh()).at(1) // → Tanh()
   */
  append(layer: Layer): this {
    this.#add({ [this.length]: layer })
    return this
  }

  /**
   * Adds several layers at the end.
   *
   * @example
   * new Sequential(new ReLU()).extend([new Tanh(), new ReLU()]).length // → 3
   */
  extend(layers: Iterable<Layer>): this {
    // A copy, as they may be this module's own.
    for (const layer of [...layers]) this.append(layer)
    return this
  }

  /**
   * Adds a layer before the one at `index`, counted from the end where negative; those
   * behind it are renumbered.
   *
   * @throws ValueError where there is no such place, or a layer has a name that is
   * none.
   * @example
   * new Sequential(new ReLU(), new Tanh()).insert(1, new Sigmoid()).at(1)
   * // → Sigmoid()
   */
  insert(index: number, layer: Layer): this {
    const place = placeAmong('Sequential', this, index)
    checkModule('Sequential', String(place), layer)
    checkNumbered([...this.#layers.keys()])
    const layers = [...this].toSpliced(place, 0, layer)
    this.#layers.clear()
    this.#add(layers)
    return this
  }

  override *members(): Generator<Member<unknown>> {
    yield* this.#layers
    yield* super.members()
  }

  [Symbol.iterator](): Iterator<Layer> {
    return this.#layers.values()
  }
}

function areNamed(
  given: readonly Layer[] | readonly [NamedLayers],
): given is readonly [NamedLayers] {
  return given.length === 1 && Object.getPrototypeOf(given[0] ?? 0) === Object.prototype
}

/** Layers that have names of their own cannot move up by one. */
function checkNumbered(names: readonly string[]): void {
  const named = names.find((name, place) => name !== String(place))
  if (named === undefined) return
  throw new ValueError(
    `Sequential: insert: a layer has the name '${named}', and others would be ` +
      'renumbered: make a new Sequential, with a name for each layer',
  )
}

/** JavaScript moves such keys of an object to its front, which would reorder layers. */
function checkOrder(name: string): void {
  if (!/^\d+$/.test(name)) return
  throw new ValueError(
    `Sequential: '${name}' cannot name a layer, as JavaScript sorts names that are ` +
      'numbers: list the layers, new Sequential(a, b), and they are named 0, 1, …',
  )
}
