import type { Tensor } from '@deepdive/autograd'
import type { Module } from './module.ts'

/** A module's own property, under the name that PyTorch would give it. */
export type Member<Kind> = readonly [name: string, value: Kind]

/** `inProjWeight` is `in_proj_weight` in PyTorch, and in checkpoints. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/**
 * The properties of an object in the order of their assignment, those of lists one by
 * one: `blocks = [a, b]` counts as `blocks.0` and `blocks.1`.
 */
export function* membersOf(owner: object): Generator<Member<unknown>> {
  for (const [name, value] of Object.entries(owner)) {
    const key = snakeCase(name)
    if (!Array.isArray(value)) yield [key, value]
    else for (const [place, item] of value.entries()) yield [`${key}.${place}`, item]
  }
}

/** All modules inside a module and itself, each once, parents before children. */
export function* walk(
  module: Module,
  prefix: string,
  seen: Set<Module>,
): Generator<Member<Module>> {
  if (seen.has(module)) return
  seen.add(module)
  yield [prefix, module]
  for (const [name, child] of module.namedChildren()) {
    yield* walk(child, join(prefix, name), seen)
  }
}

/** The tensors of one kind that a module and those inside it hold, by their full names. */
export function* tensorsIn<Kind extends Tensor>(
  module: Module,
  prefix: string,
  isWanted: (value: unknown) => value is Kind,
): Generator<Member<Kind>> {
  for (const [name, value] of module.members()) {
    if (isWanted(value)) yield [join(prefix, name), value]
  }
  for (const [name, child] of module.namedChildren()) {
    yield* tensorsIn(child, join(prefix, name), isWanted)
  }
}

function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`
}

/** Each value once, under the first of its names. */
export function* once<Kind>(members: Iterable<Member<Kind>>): Generator<Member<Kind>> {
  const seen = new Set<Kind>()
  for (const member of members) {
    if (seen.has(member[1])) continue
    seen.add(member[1])
    yield member
  }
}
