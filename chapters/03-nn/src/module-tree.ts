import type { Tensor } from '@deepdive/autograd'
import { ValueError } from '@deepdive/tensor'
import { join, type Member, membersOf, once } from './members.ts'
import type { Module } from './module.ts'
import { Buffer, Parameter } from './parameter.ts'

export interface RecurseOption {
  /** Whether those of modules inside count as well. Default: true. */
  readonly recurse?: boolean
}

/** A module as a tree: it holds parameters, buffers and modules, which hold others. */
export abstract class ModuleTree {
  /**
   * All that the module has by PyTorch's names, of any kind: `fc1`, or `blocks.0` of a
   * list. Containers add their items to what is found among the properties.
   *
   * @example
   * [...new Linear(2, 1).members()].map(([name]) => name)
   * // → ['training', 'in_features', 'out_features', 'weight', 'bias']
   */
  members(): Iterable<Member<unknown>> {
    return membersOf(this)
  }

  /**
   * The modules directly inside this one with their names, each once.
   *
   * @example
   * const model = new Sequential({ fc: new Linear(2, 2), act: new ReLU() })
   * ;[...model.namedChildren()].map(([name]) => name) // → ['fc', 'act']
   */
  namedChildren(): Generator<Member<Module>> {
    return once(childrenOf(this))
  }

  /**
   * The modules directly inside this one, each once.
   *
   * @example
   * new Sequential(new Linear(2, 2), new ReLU()).children().length // → 2
   */
  children(): Module[] {
    return valuesOf(this.namedChildren())
  }

  /**
   * This module, whose path is '', and all inside it by their paths, each once.
   *
   * @example
   * const model = new Sequential(new Sequential(new ReLU()), new Tanh())
   * ;[...model.namedModules()].map(([path]) => path) // → ['', '0', '0.0', '1']
   */
  namedModules(this: Module): Generator<Member<Module>> {
    return walk(this, '', new Set())
  }

  /**
   * This module and all inside it, each once.
   *
   * @example
   * new Sequential(new Sequential(new ReLU()), new Tanh()).modules().length // → 4
   */
  modules(this: Module): Module[] {
    return valuesOf(this.namedModules())
  }

  /**
   * All parameters by their paths; one that is shared under its first name only.
   *
   * @throws ValueError where a module contains itself.
   * @example
   * const model = new Sequential(new Linear(2, 2), new Linear(2, 1, { bias: false }))
   * ;[...model.namedParameters()].map(([path]) => path)
   * // → ['0.weight', '0.bias', '1.weight']
   */
  namedParameters(options?: RecurseOption): Generator<Member<Parameter>> {
    return once(tensorsIn(this, isParameter, options))
  }

  /**
   * All parameters, each once: what an optimizer is given.
   *
   * @example
   * new Linear(2, 3).parameters().map((p) => p.shape) // → [[3, 2], [3]]
   */
  parameters(options?: RecurseOption): Parameter[] {
    return valuesOf(this.namedParameters(options))
  }

  /**
   * All buffers by their paths, each once.
   *
   * @example
   * const loss = new CrossEntropyLoss({ weight: tensor([1, 2]) })
   * ;[...loss.namedBuffers()] // → [['weight', tensor([1., 2.])]]
   */
  namedBuffers(options?: RecurseOption): Generator<Member<Buffer>> {
    return once(tensorsIn(this, isBuffer, options))
  }

  /**
   * All buffers, each once.
   *
   * @example
   * new CrossEntropyLoss({ weight: tensor([1, 2]) }).buffers() // → [tensor([1., 2.])]
   */
  buffers(options?: RecurseOption): Buffer[] {
    return valuesOf(this.namedBuffers(options))
  }
}

/** The modules directly inside a module, one that is there twice by both names. */
export function* childrenOf(module: ModuleTree): Generator<Member<Module>> {
  for (const [name, value] of module.members()) {
    if (isModule(value)) yield [name, value]
  }
}

/** Module is the only class that extends ModuleTree directly or not. */
export function isModule(value: unknown): value is Module {
  return value instanceof ModuleTree
}

/** A module and all inside it, each once, parents before children. */
function* walk(
  module: Module,
  path: string,
  seen: Set<Module>,
): Generator<Member<Module>> {
  if (seen.has(module)) return
  seen.add(module)
  yield [path, module]
  for (const [name, child] of childrenOf(module)) {
    yield* walk(child, join(path, name), seen)
  }
}

/** A module and all inside it by each of their paths, parents before children. */
function* placesIn(
  module: ModuleTree,
  path = '',
  around: readonly ModuleTree[] = [],
): Generator<Member<ModuleTree>> {
  if (around.includes(module)) throw containsItself(module, path)
  yield [path, module]
  const inside = [...around, module]
  for (const [name, child] of childrenOf(module)) {
    yield* placesIn(child, join(path, name), inside)
  }
}

/** Refuses a module that contains itself: who goes into it comes to no end. */
export function checkEnds(module: ModuleTree): void {
  Array.from(placesIn(module))
}

/**
 * The tensors of one kind in a module and those inside it by their paths, first its
 * own. One that is shared comes by each of its paths, as it stands in checkpoints.
 */
export function* tensorsIn<Kind extends Tensor>(
  module: ModuleTree,
  isWanted: (value: unknown) => value is Kind,
  { recurse = true }: RecurseOption = {},
): Generator<Member<Kind>> {
  const own: Member<ModuleTree> = ['', module]
  for (const [path, owner] of recurse ? placesIn(module) : [own]) {
    for (const [name, value] of owner.members()) {
      if (isWanted(value)) yield [join(path, name), value]
    }
  }
}

function containsItself(module: ModuleTree, path: string): ValueError {
  return new ValueError(
    `${module.constructor.name}: contains itself, as ${path}: a module that has to know ` +
      'the one around it can keep it in a #private field, which is not searched',
  )
}

function valuesOf<Kind>(members: Iterable<Member<Kind>>): Kind[] {
  return Array.from(members, ([, value]) => value)
}

function isParameter(value: unknown): value is Parameter {
  return value instanceof Parameter
}

function isBuffer(value: unknown): value is Buffer {
  return value instanceof Buffer
}
